import type { CountBase } from "../count-base.ts";
import { listedMasses } from "./masses.ts";

/** The law of a count that is always n. */
export function certain(n: number): CountBase {
  return {
    mean: n,
    variance: 0,
    largest: n,
    isTabulated: false,
    probability: (k) => (k === n ? 1 : 0),
    cdf: () => 0,
    survival: () => 1,
    masses: () => listedMasses(new Float64Array(n + 1).fill(1, n)),
  };
}
