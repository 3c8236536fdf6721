// What every kernel must do, by hand and against the definition: shared by the tests of the fast backends.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { backend as naive } from "../../packages/backend-naive/src/index.ts";
import { type Backend, OPTIMIZATION_LEVELS } from "../../packages/core/src/index.ts";
import { agreementOf, firstDifference, runOf } from "./agreement.ts";
import { ALL, ODD, WAYS, constant, fixed, planOf, waysOf } from "./odd-books.ts";
import { WORKED } from "./worked-terms.ts";

/** Registers the tests of a backend whose kernel is fast and promises its bits. */
export function describeKernel(backend: Backend): void {
  describe("terms, worked by hand", () => {
    test.each(WORKED)("%i claims of %i with %j", async (n, value, terms, total, maxOccurrence, claims) => {
      const { losses } = await runOf(backend, planOf([{ frequency: fixed(n), severity: constant(value), terms }]));
      expect([losses.total[0], losses.maxOccurrence[0], losses.claims[0]]).toEqual([total, maxOccurrence, claims]);
    });

    test("an aggregate term applies to each copy on its own", async () => {
      const terms = { aggregate: { deductible: 150 } };
      const policies = [{ copies: 2, frequency: fixed(2), severity: constant(100), terms }];
      expect((await runOf(backend, planOf(policies))).losses.total[0]).toBe(100);
    });

    test("policies add up, with and without aggregate terms, and by policy", async () => {
      const policies = [
        { frequency: fixed(2), severity: constant(10), terms: { aggregate: { limit: 15 } } },
        { copies: 3, frequency: fixed(1), severity: constant(4), terms: { insurerShare: 0.5 } },
      ];
      const { losses } = await runOf(backend, planOf(policies, { trials: 4097, outputs: ALL }));
      expect([losses.total[4096], losses.maxOccurrence[4096], losses.claims[4096]]).toEqual([21, 10, 5]);
      expect(losses.byPolicy!.map((line) => line[4096])).toEqual([15, 6]);
    });
  });

  describe("against the definition", () => {
    test.each(ODD)("%s", async (_, policies, run) => {
      const plan = planOf(policies, { trials: 4096, ...run });
      const [expected, found] = [await runOf(naive, plan), await runOf(backend, plan)];
      expect(found.summary?.draws).toBe(expected.summary?.draws);
      const { worst, unexplained } = await agreementOf(naive, plan, expected, found);
      expect(unexplained).toBe(0);
      expect(worst).toBeLessThan(1e-11);
    });

    // A book that a rewrite treats otherwise than its name says tests something else, and nobody notices.
    test("every way to place claims and to compute amounts is in those books", () => {
      const found = new Set(ODD.flatMap(([, policies, run]) => waysOf(planOf(policies, { trials: 4096, ...run }))));
      expect([...found].toSorted()).toEqual(WAYS);
    });

    test.each(OPTIMIZATION_LEVELS)("a longer run begins with the trials of a shorter one, level %i", async (level) => {
      const policies = ODD.flatMap(([what, book]) => (/chunk|wide|thousands|tables/.test(what) ? [] : book));
      const horizon = 9000;
      const long = await runOf(backend, planOf(policies, { trials: 9000, horizon, level }));
      for (const trials of [1, 4095, 4096, 4097]) {
        const { losses } = await runOf(backend, planOf(policies, { trials, horizon, level }));
        for (const name of ["total", "maxOccurrence", "claims"] as const) {
          expect(losses[name]).toEqual(long.losses[name].slice(0, trials));
        }
      }
    });

    test("the same seed gives the same bits, another seed other losses", async () => {
      const policies = ODD[0][1];
      const [a, b, c] = await Promise.all(
        ["7", "7", "8"].map((seed) => runOf(backend, planOf(policies, { trials: 5000, seed }))),
      );
      expect(firstDifference(a, b)).toBeNull();
      expect(firstDifference(a, c)).not.toBeNull();
    });
  });

  describe("memory", () => {
    const watch = (leak: "nothing" | "objects" | "buffers") => {
      const script = new URL("watch-memory.ts", import.meta.url).pathname;
      const args = ["--conditions=source", "--expose-gc", script, backend.name, leak];
      // What it runs is watched and not checked: it does not count as covered.
      const { NODE_V8_COVERAGE: _, ...env } = process.env;
      const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env });
      if (stdout === "") throw new Error(stderr);
      return JSON.parse(stdout) as { readonly major: number; readonly bytesPerBlock: number };
    };
    // What the engine boxes of numbers that pass between functions: a few bytes a trial. A double boxed for each claim of
    // that book is 190,000.
    const MOST = 16_384;

    test("once warm a block allocates next to nothing, and nothing has to be collected", () => {
      const { major, bytesPerBlock } = watch("nothing");
      expect(major).toBe(0);
      expect(bytesPerBlock).toBeLessThan(MOST);
    });

    test("a block that allocates would be noticed", () => {
      expect(watch("objects").bytesPerBlock).toBeGreaterThan(MOST);
      // Buffers are not on the heap, and full collections are what frees them.
      expect(watch("buffers").major).toBeGreaterThan(0);
    });
  });
}
