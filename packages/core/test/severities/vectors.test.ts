import { describe, expect, test } from "vitest";
import { severityLaws, severitySchema } from "../../src/laws/severities/index.ts";
import { type Quantity, type Worst, worstErrors } from "./accuracy.ts";
import { vectorCases } from "./vectors.ts";

/**
 * Every severity against reference values: fixtures/vectors/quantiles.json, and fixtures/severities-extra.json for the
 * laws and parameters that it leaves out (tools/reference/severities.py). Everything holds within 1e-12 relative; only a
 * quantile may instead be off by 8 units in the last place times its condition number, since a level is itself a
 * rounded number. Probabilities below 1e-285 are left out: a truncated law divides by the probability of its interval,
 * and what it divides is then no longer a normal double.
 */
const references = [...vectorCases("vectors/quantiles.json"), ...vectorCases("severities-extra.json")];

/** Laws without rows: a single atom and a list of atoms have nothing to round (see atoms.test.ts). */
const LAWS_WITHOUT_ROWS = ["constant", "empirical"];

describe("severities against reference values", () => {
  const laws = [...new Set(references.map(({ spec }) => spec.law))];

  test("every law has reference values", () => {
    expect([...laws, ...LAWS_WITHOUT_ROWS].sort()).toEqual([...severityLaws].sort());
  });

  for (const law of laws) {
    const cases = references.filter(({ spec }) => spec.law === law);
    test(`${law}: ${cases.length} cases`, () => {
      const worst = new Map<Quantity, Worst>();
      for (const reference of cases) {
        expect(severitySchema.safeParse(reference.spec).data, reference.name).toEqual(reference.spec);
        for (const [quantity, found] of worstErrors(reference)) {
          expect(found.overTolerance, `${quantity} of ${reference.name} at ${found.at}`).toBeLessThanOrEqual(1);
          if (found.error > (worst.get(quantity)?.error ?? -1)) worst.set(quantity, found);
        }
      }
      const line = [...worst].map(([quantity, { error }]) => `${quantity} ${error.toExponential(1)}`);
      console.log(`${law}: worst relative errors ${line.join(", ")}`);
    });
  }
});
