import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { poissonDensity, poissonDeviance, poissonPeak } from "../../src/math/poisson-density.ts";
import { expectPromise, relativeError } from "./reference.ts";

// Some ten rounded operations, also at a mean of 1e8 and 37 standard deviations out.
test("poissonDensity", () => expectPromise("poissonDensity", 3e-15, poissonDensity));

interface CountCase {
  readonly law: string;
  readonly params: { readonly lambda: number };
  readonly rows: readonly (readonly [k: number, pmf: number])[];
}
const { cases } = JSON.parse(
  readFileSync(new URL("../../../../fixtures/vectors/frequencies.json", import.meta.url), "utf8"),
) as { cases: readonly CountCase[] };

test("poissonDensity agrees with the Poisson laws of the frequency vectors", () => {
  let worst = 0;
  for (const { law, params, rows } of cases) {
    if (law !== "poisson") continue;
    for (const [k, pmf] of rows) {
      if (pmf > 1e-300) worst = Math.max(worst, relativeError(poissonDensity(k, params.lambda), pmf));
    }
  }
  console.log(`poissonDensity: worst relative error in the frequency vectors ${worst.toExponential(2)}`);
  expect(worst).toBeGreaterThan(0);
  expect(worst).toBeLessThan(3e-15);
});

test("limits", () => {
  expect([poissonDensity(0, 0), poissonDensity(1, 0), poissonDensity(2, Infinity)]).toEqual([1, 0, 0]);
  expect([poissonDensity(0, 1e4), poissonDensity(1e4, 1)]).toEqual([0, 0]);
  expect(poissonPeak(0)).toBe(1);
  expect(poissonDeviance(5, 5, 0)).toEqual({ high: 0, low: 0 });
});

test("the deviance is continuous where its two formulas meet", () => {
  // |x − m| = 0.17 (x + m) at m = x · 0.83 / 1.17; the slope in m is 1 − x/m.
  const x = 5000;
  const border = (x * 0.83) / 1.17;
  const below = poissonDeviance(x, border * (1 - 1e-12), 0);
  const above = poissonDeviance(x, border * (1 + 1e-12), 0);
  const slope = 1 - x / border;
  const change = above.high - below.high + (above.low - below.low);
  expect(Math.abs(change - slope * 2e-12 * border)).toBeLessThan(2e-12);
});
