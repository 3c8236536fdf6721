import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { binomialDensity } from "../../src/math/binomial-density.ts";
import { expectPromise, relativeError } from "./reference.ts";

// Some twenty rounded operations, also at 2e9 trials and 36 standard deviations out.
test("binomialDensity", () => {
  expectPromise("binomialDensity", 4e-15, (x: number, y: number, p: number) => binomialDensity(x, y, p, 1 - p));
});

test("the smaller probability is exact, whichever it is", () => {
  expectPromise("binomialDensity", 4e-15, (x: number, y: number, p: number) => binomialDensity(y, x, 1 - p, p));
});

interface CountCase {
  readonly law: string;
  readonly params: { readonly n: number; readonly r: number; readonly p: number };
  readonly rows: readonly (readonly [k: number, pmf: number])[];
}
const { cases } = JSON.parse(
  readFileSync(new URL("../../../../fixtures/vectors/frequencies.json", import.meta.url), "utf8"),
) as { cases: readonly CountCase[] };

const laws: Record<string, (k: number, params: CountCase["params"]) => number> = {
  binomial: (k, { n, p }) => binomialDensity(k, n - k, p, 1 - p),
  negativeBinomial: (k, { r, p }) => (r / (r + k)) * binomialDensity(r, k, p, 1 - p),
};

test.each(Object.keys(laws))("binomialDensity agrees with the %s laws of the frequency vectors", (name) => {
  let worst = 0;
  for (const { law, params, rows } of cases) {
    if (law !== name) continue;
    for (const [k, pmf] of rows) {
      if (pmf > 1e-300) worst = Math.max(worst, relativeError(laws[name](k, params), pmf));
    }
  }
  console.log(`${name}: worst relative error in the frequency vectors ${worst.toExponential(2)}`);
  expect(worst).toBeGreaterThan(0);
  expect(worst).toBeLessThan(4e-15);
});

test("limits", () => {
  expect([binomialDensity(0, 0, 0.3, 0.7), binomialDensity(0, 5, 0, 1), binomialDensity(1, 4, 0, 1)]).toEqual([
    1, 1, 0,
  ]);
  expect([binomialDensity(5, 0, 1, 0), binomialDensity(4, 1, 1, 0)]).toEqual([1, 0]);
});
