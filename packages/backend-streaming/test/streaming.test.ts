import { collect } from "@lossmill/core";
import { expect, test } from "vitest";
import { streaming } from "../src/index.ts";
import { backend, planOf, shuffled } from "./fake.ts";

test("promises what its inner backend promises", () => {
  const { name, agreement, supports, knobs } = streaming(backend);
  expect(name).toBe("streaming");
  expect({ agreement, supports, knobs }).toEqual({
    agreement: 0.25,
    supports: backend.supports,
    knobs: backend.knobs,
  });
});

test("gives the inner backend's parts in block order, with their own losses", async () => {
  const plan = planOf(10 * 4096 + 5);
  await using direct = await backend.open();
  await using simulator = await streaming(shuffled()).open({ batchTrials: 4096 });
  const blocks: number[] = [];
  const seen = (async function* () {
    for await (const part of simulator.simulate(plan)) {
      blocks.push(part.block.index);
      yield part;
    }
  })();
  expect(await collect(plan, seen)).toEqual(await collect(plan, direct.simulate(plan)));
  expect(blocks).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("is endless where the plan is; leaving it ends the inner one, and disposal reaches it", async () => {
  const state = { open: 0 };
  const simulator = await streaming(shuffled(state)).open();
  let blocks = 0;
  for await (const { block } of simulator.simulate(planOf(null))) {
    expect(block.index).toBe(blocks++);
    expect(state.open).toBe(1);
    if (blocks === 30) break;
  }
  expect(state.open).toBe(0);
  await simulator[Symbol.asyncDispose]();
  expect(state.open).toBe(-1);
});

test("a signal ends it after a contiguous beginning", async () => {
  const controller = new AbortController();
  await using simulator = await streaming(shuffled()).open();
  let blocks = 0;
  for await (const { block } of simulator.simulate(planOf(null), { signal: controller.signal })) {
    expect(block.index).toBe(blocks++);
    if (blocks === 6) controller.abort();
  }
  expect(blocks).toBeGreaterThanOrEqual(6);
  expect(blocks).toBeLessThan(12);
});
