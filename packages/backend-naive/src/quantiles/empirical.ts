import { cumulative, cumulativeFromEnd, firstAtLeast, firstAtMost } from "./cumulative.ts";
import type { Law } from "./law.ts";

/** `values` with relative `weights`, in any order: Q(p) is the smallest x with P(X <= x) >= p, or with P(X > x) <= p. */
export function empirical(values: readonly number[], weights: readonly number[]): Law {
  const weightOf = new Map<number, number>();
  values.forEach((value, i) => {
    if (weights[i] > 0) weightOf.set(value, (weightOf.get(value) ?? 0) + weights[i]);
  });
  const atoms = Float64Array.from(weightOf.keys()).sort();
  const sorted = Array.from(atoms, (value) => weightOf.get(value) ?? 0);
  const before = cumulative(sorted);
  const from = cumulativeFromEnd(sorted);
  const upTo = before.subarray(1);
  const above = from.subarray(1);
  return {
    quantile: (p, upper) => {
      const small = p > 0.5 ? 1 - p : p;
      return atoms[p > 0.5 === upper ? firstAtLeast(upTo, small) : firstAtMost(above, small)];
    },
    tail: (x, upper) => {
      const k = firstAtLeast(atoms, x);
      const next = atoms[k] === x ? k + 1 : k;
      return upper ? from[next] : before[next];
    },
    atoms: [...atoms],
  };
}

export function constant(value: number): Law {
  return { ...empirical([value], [1]), quantile: () => value };
}
