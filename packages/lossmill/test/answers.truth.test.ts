import { type Portfolio, countLaw, resolveConfig } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { runSimulation } from "../src/run-simulation.ts";
import { type ReferenceCase, referenceCases } from "./reference-book.ts";

/** Claims to spend on a case: enough for VaR 99.5 % to a few per cent, and all cases in some ten seconds. */
const CLAIMS = Number(process.env["TRUTH_CLAIMS"] ?? 400_000);
const MOST_TRIALS = 200_000;

const FIRST_SEED = Number(process.env["TRUTH_SEED"] ?? 1000);

/** Standard errors that a figure may be off. About 900 figures at a fixed seed: 4 is passed by chance once in 16,000. */
const LARGEST = 4;

function trialsFor({ book }: ReferenceCase): number {
  const claims = book.policies.reduce((sum, { copies, frequency }) => sum + copies * countLaw(frequency).mean, 0);
  return Math.ceil(Math.min(MOST_TRIALS, CLAIMS / claims));
}

/**
 * The standard error of the sample sd from the exact fourth moment, for one compound Poisson lognormal without terms.
 * There the fourth moment can lie so far out that no sample of this size sees it, and the sample's own error is too
 * small. Cumulants of a compound Poisson law: κ_j = λ E[X^j]; E[X^j] = exp(j·meanlog + j²·sdlog²/2).
 */
function exactErrorOfSd(book: Portfolio, sd: number, trials: number): number | null {
  const [{ frequency, severity, terms } = book.policies[0], ...others] = book.policies;
  if (frequency.law !== "poisson" || severity.law !== "lognormal" || others.length > 0) return null;
  if (terms?.occurrence?.limit !== undefined || terms?.occurrence?.deductible !== 0 || terms.aggregate) return null;
  const fourthCumulant = frequency.lambda * Math.exp(4 * severity.meanlog + 8 * severity.sdlog ** 2);
  return Math.sqrt((fourthCumulant + 2 * sd ** 4) / trials) / (2 * sd);
}

describe("whole answers within 4 standard errors of the exact ones", () => {
  // A seed of its own for each case: with one seed for all, their errors would be the same error over and over.
  const cases = referenceCases().map((reference, i) => [reference.name, reference, String(FIRST_SEED + i)] as const);
  test.each(cases)("%s", async (_, reference, seed) => {
    const { exact, book } = reference;
    const trials = trialsFor(reference);
    const at = exact.levels.map(({ p }) => p);
    const { result } = await runSimulation(book, resolveConfig({ trials, seed }), { at });

    const distances: Record<string, number> = {};
    if (exact.sd !== "Infinity") {
      distances["mean"] = (result.mean.value! - exact.mean) / (exact.sd / Math.sqrt(trials));
      if (result.sd.se !== null) {
        distances["sd"] = (result.sd.value! - exact.sd) / (exactErrorOfSd(book, exact.sd, trials) ?? result.sd.se);
      }
    }
    result.quantiles.forEach(({ p, var: valueAtRisk, tvar }, i) => {
      const level = exact.levels[i];
      if (valueAtRisk.se !== null) {
        const off = valueAtRisk.value! - level.var;
        // At an atom (nothing paid, a limit reached) the interval has no width and the value must be the atom.
        distances[`VaR ${p}`] = Math.abs(off) <= level.varGridDiff + 1e-9 * level.var ? 0 : off / valueAtRisk.se;
      }
      // The far levels of short runs rest on too few years for a standard error to mean much.
      if (tvar.se !== null && tvar.se > 0 && trials * (1 - p) >= 50) {
        distances[`TVaR ${p}`] = (tvar.value! - Number(level.tvar)) / tvar.se;
      }
    });
    const wrong = Object.entries(distances).filter(([, distance]) => !(Math.abs(distance) <= LARGEST));
    expect(wrong).toEqual([]);
    expect(Object.keys(distances).length).toBeGreaterThan(3);
  });
});
