// What the fast kernels do beyond the conformance suite: books that are hard for them, and memory.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { backend as naive } from "../../packages/backend-naive/src/index.ts";
import { type Backend, GENERATORS, SAMPLING_METHODS } from "../../packages/core/src/index.ts";
import { agreementOf, beginning, firstDifference, runOf } from "./agreement.ts";
import { ALL, ODD, WAYS, planOf, waysOf } from "./odd-books.ts";
import { SAMPLED, sampledPlan, samplingsOf } from "./sampled-books.ts";

const THREE = ["total", "maxOccurrence", "claims"] as const;

/** Registers the tests of a backend whose kernel is fast and promises its bits. */
export function describeKernel(backend: Backend): void {
  describe("against the definition", () => {
    test.each(GENERATORS.flatMap((generator) => ODD.map((book) => [generator, ...book] as const)))(
      "%s: %s",
      async (generator, _, policies, run) => {
        const plan = planOf(policies, { trials: 4096, ...run, generator });
        const [expected, found] = [await runOf(naive, plan), await runOf(backend, plan)];
        expect(found.summary?.draws).toBe(expected.summary?.draws);
        const { worst, unexplained } = await agreementOf(naive, plan, expected, found);
        expect(unexplained).toBe(0);
        expect(worst).toBeLessThan(1e-11);
      },
    );

    test.each(ODD)("%s: what else is asked for changes no bit", async (_, policies, run) => {
      const plan = planOf(policies, { trials: 4096, ...run });
      const [whole, ...others] = await Promise.all(
        [ALL, THREE, ["total"] as const].map((outputs) => runOf(backend, { ...plan, outputs })),
      );
      for (const { losses } of others) {
        for (const output of THREE) {
          if (losses[output].length > 0) expect(losses[output], output).toEqual(whole.losses[output]);
        }
      }
      expect(others.map(({ losses }) => THREE.map((output) => losses[output].length > 0))).toEqual([
        [true, true, true],
        [true, false, false],
      ]);
    });

    // A book that a rewrite treats otherwise than its name says tests something else, and nobody notices.
    test("every way to place claims and to compute amounts is in those books", () => {
      const found = new Set(ODD.flatMap(([, policies, run]) => waysOf(planOf(policies, { trials: 4096, ...run }))));
      expect([...found].toSorted()).toEqual(WAYS);
    });
  });

  describe("trials that are sampled", () => {
    test.each(SAMPLED)("%s, the %s book, level %i: those of the definition", async (method, book, level) => {
      const plan = sampledPlan(book, method, level);
      const [expected, found] = [await runOf(naive, plan), await runOf(backend, plan)];
      expect(found.summary?.draws).toBe(expected.summary?.draws);
      const { worst, unexplained } = await agreementOf(naive, plan, expected, found);
      expect(unexplained).toBe(0);
      expect(worst).toBeLessThan(1e-11);
      // Weights are made of uniforms alone.
      expect(found.losses.weight?.findIndex((weight, t) => weight !== expected.losses.weight![t]) ?? -1).toBe(-1);
      expect(found.losses.weight !== undefined).toBe(method === "importance");
      expect(found.losses.controls?.length ?? 0).toBe({ control: 2, conditional: 1 }[method as string] ?? 0);
      // They are others than those of the plan without a sampling, where uniforms are changed.
      const { sampling: _, ...plain } = plan;
      const { total } = (await runOf(backend, plain)).losses;
      expect(found.losses.total.every((loss, t) => loss === total[t])).toBe(
        method === "control" || method === "conditional",
      );
    });

    test.each(SAMPLING_METHODS)("%s: a longer run begins with the trials of a shorter one", async (method) => {
      const long = await runOf(backend, sampledPlan("mixed", method, 3));
      for (const trials of [2, 1000, 4096]) {
        const short = await runOf(backend, sampledPlan("mixed", method, 3, trials));
        expect(firstDifference(beginning(long, trials), { ...short, summary: null })).toBe(null);
      }
    });

    test("every way to sample and to place a line is in those books", () => {
      const found = SAMPLED.flatMap(([method, book, level]) => samplingsOf(sampledPlan(book, method, level)));
      expect([...new Set(found)].toSorted()).toEqual([
        "driven, perTrial",
        "driven, perTrial, thinned",
        "plain, perTrial",
        "plain, scatter",
        "plain, scatter, thinned",
        "plain, skip",
        "tilted, perTrial",
        "tilted, perTrial, thinned",
        "tilted, scatter",
        "tilted, scatter, thinned",
      ]);
    });
  });

  describe("memory", () => {
    const watch = (leak: "nothing" | "objects" | "buffers", ...sampled: string[]) => {
      const script = new URL("watch-memory.ts", import.meta.url).pathname;
      const args = ["--conditions=source", "--expose-gc", script, backend.name, leak, ...sampled];
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

    test("nor does one whose trials are sampled, by any method", () => {
      const { major, bytesPerBlock } = watch("nothing", "sampled");
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
