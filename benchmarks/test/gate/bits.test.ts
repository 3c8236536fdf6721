import * as naive from "@lossmill/backend-naive";
import * as streaming from "@lossmill/backend-streaming";
import * as vectorized from "@lossmill/backend-vectorized";
import * as wasm from "@lossmill/backend-wasm";
import * as workers from "@lossmill/backend-workers";
import * as core from "@lossmill/core";
import { expect, test } from "vitest";
import { type BitBook, bitBooks } from "../../src/gate/bits/bit-books.ts";
import { bitsReport } from "../../src/gate/bits/gate-bits.ts";
import { hashesOf } from "../../src/gate/bits/hash-process.ts";
import { type Packages, packagesOf } from "../../src/gate/speed/packages.ts";

const packages: Packages = { core, naive, vectorized, wasm, workers, streaming };
const nothing = { bits: [], size: [], faults: [] };
const declared = { ...nothing, bits: ["new.md"] };

const book: BitBook = {
  name: "book",
  policies: [{ frequency: { law: "poisson", lambda: 0.3 }, severity: { law: "exponential", scale: 100 } }],
  trials: 4099,
  horizon: 4099,
  levels: [0, 3],
};

/** A tree whose wasm kernel does as it should but for what `spoil` does to each block. */
function spoilt(spoil: (losses: core.Losses, block: core.Block) => void): Packages {
  const kernel: core.Kernel = {
    ...wasm.kernel,
    prepare: async (plan, compiled) => {
      const compute = await wasm.kernel.prepare(plan, compiled);
      return (block, losses) => {
        const draws = compute(block, losses);
        spoil(losses, block);
        return draws;
      };
    },
  };
  return { ...packages, wasm: { ...wasm, kernel } };
}

test("one bit of one trial in the last block changes the hash of its run and of no other, and fails", async () => {
  const before = await hashesOf(packages, [book]);
  expect(Object.keys(before)).toHaveLength(6);
  expect(before["book, level 3, wasm"]).toBe(before["book, level 3, vectorized"]);
  const nextUp = (row: Float64Array, i: number) => void new BigUint64Array(row.buffer, row.byteOffset)[i]++;
  for (const row of ["total", "maxOccurrence", "claims", "byPolicy"] as const) {
    const tree = spoilt((losses, { start }) => start === 4096 && nextUp(losses[row]!, 2));
    const after = await hashesOf(tree, [book]);
    const report = bitsReport(before, after, nothing);
    expect(report.passed).toBe(false);
    expect(report.rows.map(([name]) => name)).toEqual(["book, level 0, wasm", "book, level 3, wasm"]);
    expect(report.problems).toEqual([
      '2 of 6 runs lose something else than in the base; a changeset must say "bits: changed"',
    ]);
    expect(bitsReport(before, after, declared)).toMatchObject({
      passed: true,
      notes: ["4 of 6 runs have the same bits", "2 changed, as new.md says"],
    });
  }
  // What is behind the last trial means nothing.
  const behind = spoilt((losses, { start }) => start === 4096 && nextUp(losses.total, 3));
  expect(bitsReport(before, await hashesOf(behind, [book]), nothing)).toMatchObject({
    passed: true,
    notes: ["6 of 6 runs have the same bits"],
  });
});

test("a run that the base refused is new, one that the head refuses has changed", () => {
  const before = { a: "1", b: "refused: BAD_PORTFOLIO" };
  expect(bitsReport(before, { a: "1", b: "2", c: "3" }, nothing)).toMatchObject({
    passed: true,
    notes: ["1 of 1 runs have the same bits", "2 runs that the base does not know"],
  });
  expect(bitsReport(before, { a: "refused: NOT_SUPPORTED", b: "2" }, nothing).rows).toEqual([
    ["a", "1", "refused: NOT_SUPPORTED"],
  ]);
});

test("a changeset that says so for nothing is told of, a wrong line in one fails", () => {
  expect(bitsReport({ a: "1" }, { a: "1" }, declared).notes).toEqual([
    "1 of 1 runs have the same bits",
    "new.md says that bits changed; none of these did",
  ]);
  expect(bitsReport({ a: "1" }, { a: "1" }, { ...nothing, faults: ["wrong"] })).toMatchObject({ passed: false });
});

test("a book is run with its own generator and outputs", async () => {
  const variants: BitBook[] = [
    book,
    { ...book, generator: "sfc64" },
    { ...book, outputs: ["total"] },
    { ...book, outputs: ["total", "byPolicy"] },
  ];
  const hashes = await Promise.all(
    variants.map(async (one) => (await hashesOf(packages, [one]))["book, level 3, wasm"]),
  );
  expect(new Set(hashes).size).toBe(variants.length);
  const known = bitBooks();
  expect(known.filter(({ generator }) => generator === "sfc64").length).toBeGreaterThan(9);
  expect(known.filter(({ outputs }) => outputs?.join() === "total").length).toBeGreaterThan(9);
});

test("a tree that is not there, or not built, is no tree without packages", async () => {
  await expect(packagesOf("/no/such/tree")).rejects.toThrow(/no\/such\/tree/);
});

test("the books have every placement, every way to an amount, and every level", () => {
  const books = bitBooks();
  expect(new Set(books.flatMap(({ levels }) => levels))).toEqual(new Set([0, 1, 2, 3]));
  const placements = books
    .filter(({ policies }) => policies.length < 400)
    .flatMap(({ name, policies, trials, levels }) => {
      const portfolio = core.checkPortfolio({
        name,
        policies: policies.map((policy, i) => ({ id: `p${i}`, ...policy })),
      });
      return levels.flatMap((optimizationLevel) =>
        core.makePlan(portfolio, { trials, seed: "1", optimizationLevel }).lines.map(({ placement }) => placement),
      );
    });
  expect(new Set(placements)).toEqual(new Set(["perTrial", "scatter", "skip"]));
});
