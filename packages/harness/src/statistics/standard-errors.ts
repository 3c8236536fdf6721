/** A distance need not say more than that it is absurd, and JSON has no infinity. */
const MOST = 1e9;

/** Amounts are equal where they differ by less than this, relatively: rounding is no finding. */
const ROUNDING = 1e-9;

/** What a mean of n draws is held against. */
export interface Expectation {
  readonly observed: number;
  readonly exact: number;
  /** A bound on what `exact` may be wrong by. */
  readonly error: number;
  /** The standard error of `observed`. */
  readonly se: number;
  /** Skewness of one draw over √n, which is that of the mean; taken without its sign. */
  readonly skewness: number;
  /** Whether `se` was estimated from the same draws. */
  readonly isStudentized?: boolean;
}

/**
 * How far a mean of independent draws is from its exact value, beyond that value's error, in standard errors.
 *
 * A mean of skewed draws passes 4 standard errors far more often than a normal one (8 times as often with 20 rare claims
 * expected), so the distance is brought to the normal scale by Cornish and Fisher's expansion to the skewness s: z = w +
 * s(w² − 1)/6 for a known standard error, z = w + s(2w² + 1)/6 for an estimated one (Hall 1992, The Bootstrap and Edgeworth
 * Expansion, 2.6), solved for w. Applied to both sides, which is one side too cautious.
 */
export function standardErrors(expectation: Expectation): number {
  const { observed, exact, error, se, skewness, isStudentized = false } = expectation;
  const gap = Math.abs(observed - exact) - error - ROUNDING * Math.abs(exact);
  if (gap <= 0) return 0;
  const z = se > 0 ? Math.min(gap / se, MOST) : MOST;
  // z = c w² + w + d
  const c = (Math.abs(skewness) * (isStudentized ? 2 : 1)) / 6;
  const d = (Math.abs(skewness) * (isStudentized ? 1 : -1)) / 6;
  if (z <= d) return 0;
  return (2 * (z - d)) / (1 + Math.sqrt(1 + 4 * c * (z - d)));
}
