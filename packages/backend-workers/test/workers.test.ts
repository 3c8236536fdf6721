import * as naive from "@lossmill/backend-naive";
import * as vectorized from "@lossmill/backend-vectorized";
import * as wasm from "@lossmill/backend-wasm";
import {
  type Backend,
  type Note,
  type Plan,
  SAMPLING_METHODS,
  checkPortfolio,
  collect,
  makePlan,
} from "@lossmill/core";
import { assert, asyncProperty, integer, record } from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { firstDifference, runOf } from "../../../tools/testing/agreement.ts";
import { sampledPlan } from "../../../tools/testing/sampled-books.ts";
import { workers } from "../src/index.ts";
import { kernel as faulty } from "./kernels/faulty.ts";

const supports = {
  outputs: ["total", "maxOccurrence", "claims"],
  placements: ["perTrial", "scatter", "skip"],
} as const;
const counting = workers(faulty, { agreement: 0, supports });

/** A book whose plan has all placements, aggregate terms, and a severity with holes. */
const policies = [
  {
    id: "a",
    frequency: { law: "poisson", lambda: 0.3 },
    severity: { law: "lognormal", meanlog: 8, sdlog: 1 },
    terms: { occurrence: { deductible: 1000, limit: 50_000 } },
  },
  {
    id: "b",
    copies: 3,
    frequency: { law: "negativeBinomial", size: 2, prob: 0.3 },
    severity: { law: "gamma", shape: 2, scale: 900 },
    terms: { aggregate: { limit: 9000 }, insurerShare: 0.5 },
  },
  {
    id: "c",
    frequency: { law: "binomial", size: 3, prob: 0.05 },
    severity: { law: "triangular", min: 10, mode: 500, max: 2000 },
  },
];

function planOf(trials: number | null, outputs?: Plan["outputs"]): Plan {
  return makePlan(checkPortfolio({ name: "book", policies }), { trials, seed: "11", horizon: 65_536, outputs });
}

/** A plan for the faulty kernel, told by its name what to do. */
function faultyPlan(trials: number | null, name = "book"): Plan {
  const portfolio = checkPortfolio({ name: "x", policies: [policies[0]] });
  return { ...makePlan(portfolio, { trials, seed: "1" }), portfolio: name };
}

async function run(backend: Backend, plan: Plan, settings = {}, signal?: AbortSignal) {
  const notes: Note[] = [];
  await using simulator = await backend.open(settings);
  const parts = simulator.simulate(plan, { onNote: (note) => notes.push(note), ...(signal && { signal }) });
  return { ...(await collect(plan, parts)), notes };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the same bits as in one thread", () => {
  test.each([
    ["naive", naive],
    ["vectorized", vectorized],
    ["wasm", wasm],
  ])("%s, on 2, 3 and 7 workers", async (_, { backend, kernel }) => {
    const plan = planOf(40_000, ["total", "maxOccurrence", "claims", "byPolicy"]);
    const { notes: none, ...expected } = await run(backend, plan);
    expect(none).toEqual([]);
    for (const count of [2, 3, 7]) {
      const { notes, ...found } = await run(workers(kernel, backend), plan, { workers: count });
      expect(found).toEqual(expected);
      expect(notes).toEqual([{ isWarning: false, message: `computed on ${count} threads` }]);
    }
  });

  test("of trials that are sampled, on 1, 2 and 3 workers", async () => {
    const plans = SAMPLING_METHODS.map((method) => sampledPlan("mixed", method, 3, 12_300));
    const expected = await Promise.all(plans.map((plan) => runOf(wasm.backend, plan)));
    for (const count of [1, 2, 3]) {
      await using simulator = await workers(wasm.kernel, wasm.backend).open({ workers: count });
      for (const [i, plan] of plans.entries()) {
        const found = await collect(plan, simulator.simulate(plan));
        expect(firstDifference(found, expected[i]), `${SAMPLING_METHODS[i]}, ${count}`).toBe(null);
      }
    }
  });

  test("whatever the settings", async () => {
    const backend = workers(wasm.kernel, wasm.backend);
    const settings = {
      trials: integer({ min: 1, max: 100_000 }),
      workers: integer({ min: 1, max: 5 }),
      batchTrials: integer({ min: 1, max: 100_000 }),
      windowBytes: integer({ min: 0, max: 2_000_000 }),
    };
    await assert(
      asyncProperty(record(settings), async ({ trials, ...given }) => {
        const { notes: _, ...expected } = await run(wasm.backend, planOf(trials));
        const { notes: __, ...found } = await run(backend, planOf(trials), given);
        expect(found).toEqual(expected);
      }),
      { numRuns: 25, seed: 5 },
    );
  });
});

describe("the run", () => {
  test("delivers blocks in order, however fast they are", async () => {
    await using simulator = await counting.open({ workers: 3 });
    const found: number[] = [];
    for await (const { block, losses, summary } of simulator.simulate(faultyPlan(4096 * 200 + 1))) {
      found.push(block.index);
      expect(losses.total[0]).toBe(block.start);
      expect(summary.total.max).toBe(block.end - 1);
    }
    expect(found).toEqual(Array.from({ length: 201 }, (_, i) => i));
  });

  test("may be endless, and be left", async () => {
    await using simulator = await counting.open({ workers: 2 });
    for (const most of [1, 50]) {
      let blocks = 0;
      for await (const _ of simulator.simulate(faultyPlan(null))) if (++blocks === most) break;
      expect(blocks).toBe(most);
    }
  });

  test("ends at a signal, without an error, after the blocks before it", async () => {
    const controller = new AbortController();
    await using simulator = await counting.open({ workers: 2 });
    let blocks = 0;
    for await (const _ of simulator.simulate(faultyPlan(null), { signal: controller.signal })) {
      if (++blocks === 20) setTimeout(() => controller.abort());
    }
    expect(blocks).toBeGreaterThanOrEqual(20);
  });

  test("that waits for a slow block ends at a signal too", async () => {
    const signal = AbortSignal.timeout(100);
    const { trials, complete } = await run(counting, faultyPlan(4096 * 100, "slow - 300"), { workers: 2 }, signal);
    expect(complete).toBe(false);
    expect(trials).toBeLessThan(4096 * 20);
  });

  test("ends when the simulator is closed, which then refuses others", async () => {
    const simulator = await counting.open({ workers: 2 });
    let blocks = 0;
    for await (const _ of simulator.simulate(faultyPlan(null))) {
      if (++blocks === 3) void simulator[Symbol.asyncDispose]();
    }
    expect(blocks).toBeGreaterThanOrEqual(3);
    await simulator[Symbol.asyncDispose]();
    await expect(simulator.simulate(faultyPlan(1))[Symbol.asyncIterator]().next()).rejects.toThrow("closed");
  });

  test("does not disturb others on the same simulator, taken in turns", async () => {
    await using simulator = await counting.open({ workers: 2 });
    const runs = Array.from({ length: 3 }, () => simulator.simulate(faultyPlan(4096 * 100))[Symbol.asyncIterator]());
    for (let index = 0; index < 100; index++) {
      for (const one of runs) {
        const { value } = await one.next();
        expect([value.block.index, value.losses.total[1]]).toEqual([index, index * 4096 + 1]);
      }
    }
    for (const one of runs) expect((await one.next()).done).toBe(true);
  });

  test("says where it is computed, when that is not on threads", async () => {
    const messages = async (trials: number, settings = {}) =>
      (await run(counting, faultyPlan(trials), settings)).notes.map(({ message }) => message);
    expect(await messages(8192, { workers: 1 })).toEqual(["computed in this thread: one worker"]);
    expect(await messages(4096, { workers: 2 })).toEqual(["computed in this thread: there is one block only"]);
    vi.stubGlobal("SharedArrayBuffer", undefined);
    expect(await messages(8192, { workers: 2 })).toEqual(["computed in this thread: there is no shared memory here"]);
  });

  test("refuses what the kernel does not promise", async () => {
    const plan = { ...faultyPlan(8192), outputs: ["byPolicy" as const] };
    await expect(run(counting, plan, { workers: 2 })).rejects.toMatchObject({ code: "NOT_SUPPORTED" });
  });
});
