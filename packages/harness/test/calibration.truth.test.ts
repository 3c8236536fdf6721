import { backend as naive } from "@lossmill/backend-naive";
import { describe, expect, test } from "vitest";
import { LIMITS, type Check, verdict, verify } from "../src/index.ts";
import { type Book, annualLimit, definitionOf, paretoLimited, thinned, uniform } from "./closed-forms.ts";

/** The same amounts are asked for at every seed. */
function remembered(cdf: (x: number) => number): (x: number) => number {
  const known = new Map<number, number>();
  return (x) => {
    const value = known.get(x) ?? cdf(x);
    known.set(x, value);
    return value;
  };
}

/** A right backend's findings, over seeds 1 to `seeds`. */
async function findings(book: Book, seeds: number, trials: number, levels: readonly (0 | 1 | 2 | 3)[]) {
  const total = { ...book.judge.total, cdf: remembered(book.judge.total.cdf) };
  const failed: string[] = [];
  const checks: Check[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const certificate = await verify({
      definition: definitionOf(book, trials, String(seed)),
      backends: [naive],
      judge: { ...book.judge, total },
      levels,
    });
    failed.push(...verdict(certificate));
    checks.push(...certificate.runs.flatMap((run) => run.checks));
  }
  return { failed, checks };
}

describe("false alarms", () => {
  // 200 seeds have 24,000 distances, of which a normal law would have 1.5 beyond 4 and 0.05 beyond the limit.
  test.each(
    [[thinned(), 200] as const, [annualLimit(), 60] as const, [paretoLimited(), 60] as const].map(
      ([book, seeds]) => [book.name, seeds, book] as const,
    ),
  )(
    "%s: %i seeds, 5,000 trials, all levels",
    async (name, seeds, book) => {
      const { failed, checks } = await findings(book, seeds, 5000, [0, 1, 2, 3]);
      const distances = checks.flatMap(({ distance }) => (distance === null ? [] : [distance]));
      const beyond = (z: number) => (distances.filter((one) => one > z).length / distances.length).toExponential(1);
      const largest = (of: Check["name"]) =>
        Math.max(...checks.map((one) => (one.name === of ? (one.distance ?? 0) : 0)));
      const smallest = Math.min(...checks.map(({ pValue }) => pValue ?? 1));
      console.log(
        `${name}: ${failed.length} failed; beyond 2, 3, 4: ${[2, 3, 4].map(beyond).join(", ")} of ${distances.length}; ` +
          `largest ${(["mean", "sd", "claims", "var", "oep", "tvar"] as const).map((of) => `${of} ${largest(of).toFixed(2)}`).join(", ")}; ` +
          `smallest p-value ${smallest.toPrecision(2)}`,
      );
      expect(failed).toEqual([]);
      expect(Math.max(...distances)).toBeLessThan(LIMITS.standardErrors);
    },
    600_000,
  );
});

test("p-values of a continuous distribution are uniform", async () => {
  const { checks } = await findings(uniform(), 500, 1000, [0]);
  const pValues = checks.filter(({ name }) => name === "total").map(({ pValue }) => pValue!);
  const bins = Array.from({ length: 10 }, () => 0);
  for (const p of pValues) bins[Math.min(9, Math.floor(10 * p))]++;
  const chiSquare = bins.reduce((sum, found) => sum + (found - 50) ** 2 / 50, 0);
  console.log(`tenths: ${bins.join(" ")}; chi-square ${chiSquare.toFixed(1)} of 9 degrees`);
  expect(pValues).toHaveLength(500);
  // Passed once in 10,000 seeds; the seeds are fixed.
  expect(chiSquare).toBeLessThan(33.7);
}, 600_000);
