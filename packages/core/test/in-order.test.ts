import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BLOCK_TRIALS, type Part, type Plan, inOrder, lossesFor, summarize } from "../src/index.ts";
import { smallPlan } from "./small-plan.ts";

const plain = smallPlan(null, ["total"]);
/** Every array that losses may have. */
const plans: readonly Plan[] = [
  plain,
  smallPlan(null, ["byPolicy"]),
  { ...plain, sampling: { method: "importance", ratios: [1] } },
  { ...plain, sampling: { method: "control" } },
];

/** Parts of these blocks, in one set of arrays: block i loses i everywhere. */
async function* partsOf(order: readonly number[], ended?: { count: number }, plan = plain): AsyncGenerator<Part> {
  const losses = lossesFor(plan);
  try {
    for (const index of order) {
      for (const array of Object.values(losses) as Float64Array[]) array.fill(index);
      const block = { index, start: index * BLOCK_TRIALS, end: (index + 1) * BLOCK_TRIALS };
      yield { block, losses, summary: summarize(losses, BLOCK_TRIALS, index) };
    }
  } finally {
    if (ended) ended.count++;
  }
}

async function given(order: readonly number[], plan = plain): Promise<number[]> {
  const blocks: number[] = [];
  for await (const { block, losses, summary } of inOrder(partsOf(order, undefined, plan))) {
    expect(Object.keys(losses)).toEqual(Object.keys(lossesFor(plan)));
    for (const array of Object.values(losses) as Float64Array[]) {
      expect(array.every((loss) => loss === block.index)).toBe(true);
    }
    expect(summary.total.mean).toBe(block.index);
    blocks.push(block.index);
  }
  return blocks;
}

describe("in order", () => {
  test("any order comes out as block order, each block with its own losses", async () => {
    const order = fc.nat(12).chain((n) =>
      fc.shuffledSubarray(
        Array.from({ length: n }, (_, i) => i),
        { minLength: n },
      ),
    );
    await fc.assert(
      fc.asyncProperty(order, fc.constantFrom(...plans), async (blocks, plan) => {
        expect(await given(blocks, plan)).toEqual([...blocks].sort((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  test("beyond a gap at the end nothing is given", async () => {
    expect(await given([0, 3, 1, 4])).toEqual([0, 1]);
    expect(await given([1, 2])).toEqual([]);
    expect(await given([])).toEqual([]);
  });

  test("parts that come in order are not copied", async () => {
    const seen = new Set<Float64Array>();
    for await (const { losses } of inOrder(partsOf([0, 1, 2]))) seen.add(losses.total);
    expect(seen.size).toBe(1);
  });

  test("copies are used again", async () => {
    const seen = new Set<Float64Array>();
    for await (const { losses } of inOrder(partsOf([1, 0, 3, 2, 5, 4, 7, 6]))) seen.add(losses.total);
    expect(seen.size).toBe(2);
  });

  test.each([
    ["a part that just came", [0, 1, 2], 1],
    ["a held part", [2, 1, 0, 3], 2],
  ])("leaving at %s ends the input", async (_, order, at) => {
    const ended = { count: 0 };
    for await (const { block } of inOrder(partsOf(order, ended))) if (block.index === at) break;
    expect(ended.count).toBe(1);
  });

  test("what the input throws is thrown", async () => {
    async function* failing(): AsyncGenerator<Part> {
      yield* partsOf([0]);
      throw new Error("lost");
    }
    const blocks: number[] = [];
    const reading = (async () => {
      for await (const { block } of inOrder(failing())) blocks.push(block.index);
    })();
    await expect(reading).rejects.toThrow("lost");
    expect(blocks).toEqual([0]);
  });
});
