// What the fast kernels do beyond the conformance suite: books that are hard for them, and memory.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { backend as naive } from "../../packages/backend-naive/src/index.ts";
import type { Backend } from "../../packages/core/src/index.ts";
import { agreementOf, runOf } from "./agreement.ts";
import { ODD, WAYS, planOf, waysOf } from "./odd-books.ts";

/** Registers the tests of a backend whose kernel is fast and promises its bits. */
export function describeKernel(backend: Backend): void {
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
