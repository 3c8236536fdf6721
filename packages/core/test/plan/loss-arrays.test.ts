import { expect, test } from "vitest";
import { collect, collectedBytes } from "../../src/collect.ts";
import type { Part } from "../../src/contract.ts";
import { BLOCK_TRIALS, blockAt } from "../../src/plan/block.ts";
import { blockBytes, lossesFor, lossesIn, numbersOfTrial } from "../../src/plan/loss-arrays.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { summarize } from "../../src/summary/summary.ts";
import { smallPlan } from "../small-plan.ts";

/** Two lines, 5,000 trials. */
const plain = smallPlan(5000);
const byPolicy = smallPlan(5000, ["total", "byPolicy"]);
const control: Plan = { ...byPolicy, sampling: { method: "control" } };
const importance: Plan = { ...plain, sampling: { method: "importance", ratios: [1, 2] } };
const antithetic: Plan = { ...plain, sampling: { method: "antithetic" } };

const leftOut = ({ outputs }: Plan) =>
  (["maxOccurrence", "claims"] as const).filter((output) => !outputs.includes(output));

const THREE = { total: 1, maxOccurrence: 1, claims: 1 };

test.each<[string, Plan, Readonly<Record<string, number>>]>([
  ["plain", plain, THREE],
  ["with losses by policy", byPolicy, { ...THREE, byPolicy: 2 }],
  ["with controls", control, { ...THREE, controls: 2, byPolicy: 2 }],
  ["with weights", importance, { ...THREE, weight: 1 }],
  ["with driven uniforms", antithetic, THREE],
])("the numbers of a trial, %s", (_, plan, blocks) => {
  const numbers = Object.values(blocks).reduce((sum, one) => sum + one, 0);
  expect(numbersOfTrial(plan)).toBe(numbers);
  expect(blockBytes(plan)).toBe(8 * BLOCK_TRIALS * numbers);
  // Of largest claims and numbers of claims only where they are asked for.
  expect(collectedBytes(plan)).toBe(8 * 5000 * (numbers - leftOut(plan).length));
  expect(collectedBytes({ ...plan, trials: null })).toBe(Infinity);
  const losses = Object.entries(lossesFor(plan)) as [string, Float64Array][];
  expect(Object.fromEntries(losses.map(([name, array]) => [name, array.length / BLOCK_TRIALS]))).toEqual(blocks);
  const asked: number[] = [];
  lossesIn(plan, (n) => new Float64Array(asked.push(n)));
  expect(asked).toEqual(Object.values(blocks));
});

/** Blocks in opposite order, the last of two is short; each array has numbers of its own. */
async function* partsOf(plan: Plan, blocks: readonly number[]): AsyncGenerator<Part> {
  const losses = lossesFor(plan);
  for (const index of blocks) {
    const block = blockAt(index, plan.trials);
    Object.values(losses).forEach((array: Float64Array, k) => {
      array.forEach(
        (_, i) => (array[i] = 1e6 * (k + 1) + 1e5 * Math.floor(i / BLOCK_TRIALS) + index * 4096 + (i % 4096)),
      );
    });
    yield { block, losses, summary: summarize(losses, block.end - block.start, 0) };
  }
}

test("what is collected is each array's, trial by trial, in any order of blocks", async () => {
  for (const plan of [control, importance, plain]) {
    const { losses, complete } = await collect(plan, partsOf(plan, [1, 0]));
    expect(complete).toBe(true);
    const { controls, byPolicy: lines } = losses;
    const arrays = [losses.total, losses.maxOccurrence, losses.claims, losses.weight, controls, lines];
    let k = 0;
    for (const array of arrays) {
      if (array === undefined) continue;
      k++;
      if (leftOut(plan).some((output) => array === losses[output])) {
        expect(array.length).toBe(0);
        continue;
      }
      (array instanceof Float64Array ? [array] : array).forEach((one, i) => {
        expect(one).toEqual(Float64Array.from({ length: 5000 }, (_, t) => 1e6 * k + 1e5 * i + t));
      });
    }
    expect(k).toBe(Object.keys(lossesFor(plan)).length);
  }
});

test("a run that ends early is cut, its weights and controls too", async () => {
  const { losses, trials } = await collect(control, partsOf(control, [0]));
  expect(trials).toBe(4096);
  expect(losses.controls?.map(({ length }) => length)).toEqual([4096, 4096]);
  const weighted = await collect(importance, partsOf(importance, [0]));
  expect(weighted.losses.weight?.length).toBe(4096);
});
