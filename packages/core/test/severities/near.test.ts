import { describe, expect, test } from "vitest";
import { severity } from "../../src/laws/severities/index.ts";
import type { SeveritySpec } from "../../src/laws/severities/index.ts";
import type { Tail } from "../../src/laws/law.ts";
import { vectorCases } from "./vectors.ts";

/** A guess of a quantile saves time and changes nothing else, however bad it is. */

const TAILS: readonly Tail[] = ["lower", "upper"];

/** The worst relative difference of a law's quantiles from those found without a guess, in units of its condition. */
function worstWith(spec: SeveritySpec, guess: (x: number) => number, levels: readonly number[]): number {
  const law = severity(spec);
  let worst = 0;
  for (const tail of TAILS) {
    for (const p of levels) {
      const x = law.quantile(p, tail);
      const found = law.quantile(p, tail, guess(x));
      // d log x / d log p from the law itself; of student's t, whose quantiles pass through 0, of its scale.
      const step = Math.abs(law.quantile(p * 1.0001, tail) - law.quantile(p / 1.0001, tail)) * 5000;
      const error = found === x ? 0 : Math.abs(found - x) / Math.max(Math.abs(x), step);
      if (!(error <= worst)) worst = error;
    }
  }
  return worst;
}

const cases = vectorCases("vectors/quantiles.json");
const LEVELS = [1e-200, 1e-15, 1e-7, 0.01, 0.2, 0.49, 0.5, 0.6, 0.9, 0.999];

describe.each([
  ["near", (x: number) => x * (1 + 1e-8)],
  ["exact", (x: number) => x],
  ["rough", (x: number) => x * 1.05],
  ["far", (x: number) => x * 1e6],
  ["0", () => 0],
  ["negative", () => -5],
  ["infinite", () => Infinity],
  ["missing", () => NaN],
])("a guess that is %s", (_, guess) => {
  test.each(cases.map(({ name, spec }) => [name, spec] as const))("%s", (_name, spec) => {
    expect(worstWith(spec, guess, LEVELS)).toBeLessThan(1e-13);
  });
});

describe("a mixture with atoms", () => {
  const law = severity({
    law: "mixture",
    weights: [1, 2, 1],
    components: [
      { law: "constant", value: 1e6 },
      { law: "exponential", scale: 700 },
      { law: "empirical", values: [300, 5000], weights: [1, 3] },
    ],
  });

  test.each([299, 300, 300.0001, 900, 4999.999, 5000, 6000, 1e6, 2e6])("is exact from the guess %d", (near) => {
    for (const tail of TAILS) {
      for (let i = 1; i < 200; i++) {
        const x = law.quantile(i / 200, tail);
        const found = law.quantile(i / 200, tail, near);
        if ([300, 5000, 1e6].includes(x)) expect(found).toBe(x);
        else expect(Math.abs(found / x - 1)).toBeLessThan(1e-13);
      }
    }
  });
});
