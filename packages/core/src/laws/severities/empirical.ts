import { checkWeights, defineLaw, reals, weights } from "../define-law.ts";
import type { Tail } from "../law.ts";
import { endOfSupport } from "./numerics/continuous.ts";
import { countUpTo, cumulative, placeOf, runningSums } from "./numerics/cumulative.ts";
import type { PiecewiseSeverity } from "./numerics/kinks.ts";

/**
 * Observed or listed amounts: `values[i]` has a probability proportional to `weights[i]`; equal weights if missing.
 *
 * Source: Klugman, Panjer and Willmot, Loss models, definition 13.2. A quantile asked for exactly at a cumulative
 * probability may be its neighbour, if that probability is no double.
 */
export const empirical = defineLaw(
  "empirical",
  { values: reals(), weights: weights().optional() },
  (spec) => empiricalSeverity(spec.values, spec.weights ?? spec.values.map(() => 1)),
  (spec) => (spec.weights === undefined ? [] : checkWeights("values", spec.values.length, spec.weights)),
);

function empiricalSeverity(given: readonly number[], givenWeights: readonly number[]): PiecewiseSeverity {
  const atoms = given.map((value, i) => ({ value, weight: givenWeights[i] })).filter(({ weight }) => weight > 0);
  atoms.sort((a, b) => a.value - b.value);
  const values = Float64Array.from(atoms, ({ value }) => value);
  const table = cumulative(atoms.map(({ weight }) => weight));
  const { probabilities, before, after } = table;
  const amounts = runningSums(values.map((value, i) => value * probabilities[i]));
  const mean = amounts[values.length];
  const squares = runningSums(values.map((value, i) => probabilities[i] * (value - mean) * (value - mean)));
  const quantile = (p: number, tail: Tail): number =>
    values[p > 0.5 && tail === "lower" ? placeOf(table, 1 - p, "upper") : placeOf(table, p, tail)];
  const law: PiecewiseSeverity = {
    lower: values[0],
    upper: values[values.length - 1],
    mean,
    variance: squares[values.length],
    tailIndex: Infinity,
    density: (x) => {
      const end = countUpTo(values, x);
      let sum = 0;
      for (let i = end - 1; i >= 0 && values[i] === x; i--) sum += probabilities[i];
      return sum;
    },
    cdf: (x) => before[countUpTo(values, x)],
    survival: (x) => after[countUpTo(values, x)],
    quantile: (p, tail) => endOfSupport(law, p, tail) ?? quantile(p, tail),
    limitedExpectedValue: (d) => {
      const end = countUpTo(values, d);
      return end === values.length ? mean : amounts[end] + d * after[end];
    },
    kinks: [...new Set(values)],
  };
  return law;
}
