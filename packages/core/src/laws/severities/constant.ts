import { defineLaw, real } from "../define-law.ts";
import type { Severity } from "../law.ts";
import { endOfSupport } from "./numerics/continuous.ts";

/** Every claim is `value`: a single atom. Breaks nowhere. */
export const constant = defineLaw("constant", { value: real() }, ({ value }): Severity => {
  const law: Severity = {
    lower: value,
    upper: value,
    mean: value,
    variance: 0,
    tailIndex: Infinity,
    density: (x) => (x === value ? 1 : 0),
    cdf: (x) => (x >= value ? 1 : 0),
    survival: (x) => (x >= value ? 0 : 1),
    quantile: (p, tail) => endOfSupport(law, p, tail) ?? value,
    limitedExpectedValue: (d) => Math.min(d, value),
  };
  return law;
});
