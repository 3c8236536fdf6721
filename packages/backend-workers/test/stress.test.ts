import { readdirSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { backend as wasm, kernel } from "@lossmill/backend-wasm";
import { type Simulator, checkPortfolio, collect, makePlan } from "@lossmill/core";
import { expect, test } from "vitest";
import { workers } from "../src/index.ts";

const RUNS = 200;
/** Runs on the same threads; the last of them is closed over. */
const RUNS_EACH = 10;
const backend = workers(kernel, wasm);
const policy = {
  id: "a",
  frequency: { law: "poisson", lambda: 0.5 },
  severity: { law: "lognormal", meanlog: 8, sdlog: 1 },
};
const portfolio = checkPortfolio({ name: "book", policies: [policy] });

/** Numbers from 0 to 1, the same in every run of the test (Park and Miller's minimal standard). */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What a leak would add to: threads of this process, what keeps it alive, bytes. */
function held() {
  for (let i = 0; i < 3; i++) collectGarbage();
  return {
    threads: readdirSync("/proc/self/task").length,
    handles: process.getActiveResourcesInfo().filter((name) => /Port|Worker|Timeout|Immediate/.test(name)).length,
    bytes: process.memoryUsage().rss,
  };
}

test(`${RUNS} runs with random workers, batches and ends leave nothing behind`, async () => {
  const next = random(7);
  const plans = [20_000, 100_000, null].map((trials) => makePlan(portfolio, { trials, seed: "3", horizon: 65_536 }));
  const { losses } = await collect(plans[1], (await wasm.open()).simulate(plans[1]));
  let before = held();
  for (let first = 0; first < RUNS; first += RUNS_EACH) {
    // The first ones warm up what is made once.
    if (first === 2 * RUNS_EACH) before = held();
    const simulator = await backend.open({
      workers: 2 + Math.floor(3 * next()),
      ...(next() < 0.5 && { batchTrials: Math.ceil(30_000 * next()) }),
    });
    for (let run = first; run < first + RUNS_EACH; run++) await oneRun(simulator, run, next);
    await simulator[Symbol.asyncDispose]();
  }
  const after = held();
  expect(after.threads).toBeLessThanOrEqual(before.threads);
  expect(after.handles).toBeLessThanOrEqual(before.handles);
  expect(after.bytes - before.bytes).toBeLessThan(100e6);

  /** A run to its end, left, stopped, or closed over; whatever comes of it is right. */
  async function oneRun(simulator: Simulator, run: number, random01: () => number): Promise<void> {
    const plan = plans[run % 3];
    const controller = new AbortController();
    const last = Math.floor(30 * random01());
    let blocks = 0;
    for await (const { block, losses: found } of simulator.simulate(plan, { signal: controller.signal })) {
      expect(block.index).toBe(blocks++);
      if (block.end <= 100_000) {
        expect(found.total[block.end - block.start - 1]).toBe(losses.total[block.end - 1]);
      }
      if (block.index < last) continue;
      if (run % RUNS_EACH === RUNS_EACH - 1) void simulator[Symbol.asyncDispose]();
      else if (run % 4 < 2) break;
      else if (run % 4 === 2 || plan.trials === null) controller.abort();
    }
    if (run % 4 === 3 && run % RUNS_EACH !== RUNS_EACH - 1 && plan.trials !== null)
      expect(blocks).toBe(Math.ceil(plan.trials / 4096));
  }
});
