/** A defect of the program; also that of a verification that failed, which has found one. */
export const FAILED = 1;
/** Bad input: one line on standard error names the place. */
export const BAD_INPUT = 2;
/** A run that Ctrl-C ended, by the custom of shells: 128 + SIGINT. */
export const INTERRUPTED = 130;
