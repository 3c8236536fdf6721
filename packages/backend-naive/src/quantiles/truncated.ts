import type { Law } from "./law.ts";

/** The law `of` on the condition lower < X <= upper; the bounds may be infinite. */
export function truncated(of: Law, lower: number, upper: number): Law {
  const { density, quantile, tail } = of;
  const belowLower = tail(lower, false);
  const aboveLower = tail(lower, true);
  const belowUpper = tail(upper, false);
  const aboveUpper = tail(upper, true);
  // Of the two differences the one that rounding hurts less.
  const mass = belowUpper < aboveLower ? belowUpper - belowLower : aboveLower - aboveUpper;
  // Rounding must not reach an amount of positive probability that is cut off.
  const leastBelow = belowLower * (1 + Number.EPSILON);
  const mostAbove = aboveLower * (1 - Number.EPSILON);
  const nearLower = 1e-3 * Math.min(belowLower, aboveLower);

  const fromLower = (p: number): number => {
    const share = p * mass;
    if (density !== undefined && share < nearLower) return lower + stepFrom(lower, share, density);
    const below = belowLower + share;
    return below <= 0.5
      ? quantile(Math.max(below, leastBelow), false)
      : quantile(Math.min(aboveLower - share, mostAbove), true);
  };
  const fromUpper = (p: number): number => {
    const share = p * mass;
    const above = aboveUpper + share;
    return above <= 0.5 ? quantile(above, true) : quantile(Math.max(belowUpper - share, leastBelow), false);
  };
  return {
    quantile: (p, fromTop) => {
      const small = p > 0.5 ? 1 - p : p;
      const x = p > 0.5 === fromTop ? fromLower(small) : fromUpper(small);
      return Math.min(Math.max(x, lower), upper);
    },
    tail: (x, fromTop) => {
      if (x <= lower) return Number(fromTop);
      if (x >= upper) return Number(!fromTop);
      if (!fromTop && density !== undefined && density(lower) * (x - lower) < nearLower) {
        return ((x - lower) * meanDensity(density, lower, x - lower)) / mass;
      }
      const below = tail(x, false);
      const above = tail(x, true);
      if (fromTop) return (above < belowUpper ? above - aboveUpper : belowUpper - below) / mass;
      return (below < aboveLower ? below - belowLower : aboveLower - above) / mass;
    },
    atoms: of.atoms?.filter((x) => x > lower && x <= upper) ?? [],
  };
}

/**
 * The t with P(from < X <= from + t) = share, for a share that is small against both tails at `from`: there the sum of
 * P(X <= from) and the share would lose the digits of t, which is all of the amount where `from` is 0. Each round divides
 * the error of t by a thousand or more.
 */
function stepFrom(from: number, share: number, density: (x: number) => number): number {
  let step = share / density(from);
  for (let round = 0; round < 4; round++) step = share / meanDensity(density, from, step);
  return step;
}

/** The mean of the density over [from, from + step], by Simpson's rule. */
function meanDensity(density: (x: number) => number, from: number, step: number): number {
  return (density(from) + 4 * density(from + 0.5 * step) + density(from + step)) / 6;
}
