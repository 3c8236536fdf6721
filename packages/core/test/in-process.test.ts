import { describe, expect, test } from "vitest";
import {
  BLOCK_TRIALS,
  type CompiledPlan,
  type Kernel,
  LossmillError,
  type Part,
  type Plan,
  blockAt,
  collect,
  collectedBytes,
  compile,
  inProcess,
  lossesFor,
  makePlan,
  summarize,
} from "../src/index.ts";

/** Trial t of the run loses t, in one claim; line i gets the share i + 1. */
const counting: Kernel = {
  name: "counting",
  module: import.meta.url,
  prepare: async (plan) => (block, out) => {
    for (let t = 0; t < block.end - block.start; t++) {
      out.total[t] = block.start + t;
      out.maxOccurrence[t] = (block.start + t) / 2;
      out.claims[t] = 1;
      if (out.weight) out.weight[t] = 1 + block.start + t;
      for (let i = t; out.controls && i < out.controls.length; i += BLOCK_TRIALS) out.controls[i] = i + block.start;
      if (out.byPolicy)
        plan.lines.forEach((_, i) => (out.byPolicy![i * BLOCK_TRIALS + t] = (i + 1) * (block.start + t)));
    }
    return block.end - block.start;
  },
};

const backend = inProcess(counting, {
  agreement: 0,
  supports: { outputs: ["total", "maxOccurrence", "claims", "byPolicy"], placements: ["perTrial"] },
});

function planOf(trials: number | null, outputs?: Plan["outputs"]): Plan {
  const frequency = { law: "poisson", lambda: 1 } as const;
  const severity = { law: "constant", value: 1 } as const;
  const policies = ["a", "b"].map((id) => ({ id, copies: 1, frequency, severity }));
  return makePlan({ name: "x", currency: "EUR", policies }, { seed: "1", trials, outputs, optimizationLevel: 0 });
}

async function run(plan: Plan, signal?: AbortSignal) {
  await using simulator = await backend.open();
  return await collect(plan, simulator.simulate(plan, signal ? { signal } : {}));
}

describe("in-process", () => {
  test("every block once, in order, and the losses of every trial", async () => {
    const { losses, trials, complete, summary } = await run(planOf(8195));
    expect([trials, complete]).toEqual([8195, true]);
    expect(losses.total).toEqual(Float64Array.from({ length: 8195 }, (_, t) => t));
    expect(losses.maxOccurrence[8194]).toBe(4097);
    expect(summary).toMatchObject({ draws: 8195, total: { n: 8195, mean: 4097, min: 0, max: 8194 } });
  });

  test("by policy where the plan asks for it", async () => {
    const plan = planOf(4098, ["total", "byPolicy"]);
    const { losses } = await run(plan);
    expect(losses.byPolicy!.map((line) => line[4097])).toEqual([4097, 8194]);
    expect(collectedBytes(plan)).toBe(4098 * 8 * 3);
    expect(collectedBytes(planOf(10))).toBe(240);
  });

  test("a compiled plan that is at hand is what the kernel gets", async () => {
    const plan = planOf(1);
    const compiled = compile(plan);
    const got: CompiledPlan[] = [];
    const prepare: Kernel["prepare"] = async (_, found) => {
      got.push(found);
      return counting.prepare(plan, found);
    };
    await using simulator = await inProcess({ ...counting, prepare }, backend).open();
    for (const options of [{ compiled }, {}]) await collect(plan, simulator.simulate(plan, options));
    expect(got[0]).toBe(compiled);
    expect(got[1]).toEqual(compiled);
    expect(got[1]).not.toBe(compiled);
  });

  test("an abort ends the run with a valid beginning", async () => {
    const controller = new AbortController();
    const plan = planOf(100_000);
    await using simulator = await backend.open();
    async function* abortAfterTwo(): AsyncGenerator<Part> {
      for await (const part of simulator.simulate(plan, { signal: controller.signal })) {
        if (part.block.index === 1) controller.abort();
        yield part;
      }
    }
    const { trials, complete, losses } = await collect(plan, abortAfterTwo());
    expect([trials, complete, losses.total.length]).toEqual([8192, false, 8192]);
  });

  test("timers get their turn: one can end an endless run", async () => {
    await using simulator = await backend.open();
    const controller = new AbortController();
    let blocks = 0;
    for await (const { block } of simulator.simulate(planOf(null), { signal: controller.signal })) {
      // Set once it runs: on a busy machine a timer set before may go off before the first block.
      if (block.index === 0) setTimeout(() => controller.abort(), 5);
      blocks++;
    }
    expect(blocks).toBeGreaterThan(0);
  });

  test("aborted before it begins: no trials and no summary", async () => {
    expect(await run(planOf(5), AbortSignal.abort())).toMatchObject({ trials: 0, complete: false, summary: null });
  });

  test("break ends it; an endless plan goes on until then; it can be simulated again", async () => {
    await using simulator = await backend.open({ batchTrials: 10_000 });
    for (let round = 0; round < 2; round++) {
      let blocks = 0;
      for await (const { block } of simulator.simulate(planOf(null))) {
        expect(block.index).toBe(blocks++);
        if (blocks === 5) break;
      }
      expect(blocks).toBe(5);
    }
  });

  test("two plans at once do not disturb each other", async () => {
    const [a, b] = await Promise.all([run(planOf(9000)), run(planOf(5000))]);
    expect([a.losses.total[8999], b.losses.total[4999]]).toEqual([8999, 4999]);
  });

  test("after disposal: a typed error; disposing twice is harmless", async () => {
    const simulator = await backend.open();
    await simulator[Symbol.asyncDispose]();
    await simulator[Symbol.asyncDispose]();
    await expect(simulator.simulate(planOf(5))[Symbol.asyncIterator]().next()).rejects.toThrow(/closed/);
  });

  test("refuses outputs and placements that the kernel does not promise", async () => {
    const poor = inProcess(counting, { agreement: 0, supports: { outputs: ["total"], placements: [] } });
    await using simulator = await poor.open();
    const first = (plan: Plan) => simulator.simulate(plan)[Symbol.asyncIterator]().next();
    await expect(first(planOf(5))).rejects.toThrow(/counting has no output maxOccurrence; it has total/);
    await expect(first(planOf(5, ["total"]))).rejects.toThrow(/lines\[0\]\.placement: .*no placement perTrial/);
    await expect(first(planOf(5, ["total"]))).rejects.toBeInstanceOf(LossmillError);
  });
});

describe("collect", () => {
  /** Parts of a plan of 5 blocks, made in the given order. */
  async function* parts(plan: Plan, order: readonly number[]): AsyncGenerator<Part> {
    const compute = await counting.prepare(plan, undefined as never);
    const losses = lossesFor(plan);
    for (const index of order) {
      const block = blockAt(index, plan.trials);
      const draws = compute(block, losses);
      yield { block, losses, summary: summarize(losses, block.end - block.start, draws) };
    }
  }

  test("any order of blocks gives the same bits", async () => {
    const plan = planOf(20_000);
    const inOrder = await collect(plan, parts(plan, [0, 1, 2, 3, 4]));
    expect(await collect(plan, parts(plan, [3, 0, 4, 2, 1]))).toEqual(inOrder);
  });

  test("a gap ends the result", async () => {
    const plan = planOf(20_000);
    const { trials, complete, summary } = await collect(plan, parts(plan, [0, 1, 3, 4]));
    expect([trials, complete, summary!.total.n]).toEqual([8192, false, 8192]);
  });

  test("goes on from what a shorter run has kept, to the bits of one that did not stop", async () => {
    const outputs = ["total", "byPolicy"] as const;
    const sampled = { ...planOf(20_000), sampling: { method: "importance", ratios: [1] } } as const;
    const controlled = { ...planOf(20_000), sampling: { method: "control" } } as const;
    for (const plan of [planOf(20_000), planOf(20_000, outputs), sampled, controlled]) {
      const whole = await collect(plan, parts(plan, [0, 1, 2, 3, 4]));
      const before = await collect({ ...plan, trials: 8192 }, parts(plan, [0, 1]));
      expect(await collect(plan, parts(plan, [3, 2, 4]), before)).toEqual(whole);
      const stopped = await collect(plan, parts(plan, []), before);
      expect([stopped.trials, stopped.complete]).toEqual([8192, false]);
      expect(stopped.losses).toEqual(before.losses);
    }
  });

  test("an endless run cannot be kept", async () => {
    await expect(collect(planOf(null), parts(planOf(null), []))).rejects.toThrow(/endless/);
  });
});
