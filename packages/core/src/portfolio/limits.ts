/** How deep lists and objects may stand in each other; laws nested as deep as they may be take 21. */
export const MOST_DEEP = 32;

/**
 * How deep a file may be nested at all. The parsers recurse, and stop here; what is deeper than MOST_DEEP but not as deep as
 * this is refused with its place in the portfolio.
 */
export const MOST_OPEN = 128;

/** The longest list below the policies, such as the values of an empirical law. */
export const MOST_LIST_VALUES = 100_000;

/** How many values one policy may hold in all. */
export const MOST_POLICY_VALUES = 1_000_000;
