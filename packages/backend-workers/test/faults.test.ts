import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { type Note, type Plan, checkPortfolio, collect, makePlan } from "@lossmill/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { workers } from "../src/index.ts";
import { kernel } from "./kernels/faulty.ts";

const supports = { outputs: ["total", "maxOccurrence", "claims"], placements: ["scatter"] } as const;
const backend = workers(kernel, { agreement: 0, supports });
const TRIALS = 4096 * 60 + 5;

let folder = "";
const threads: Worker[] = [];
const keep = (worker: Worker) => void threads.push(worker);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lossmill-"));
  threads.length = 0;
  process.on("worker", keep);
});

afterEach(() => {
  process.off("worker", keep);
  rmSync(folder, { recursive: true, force: true });
});

/** A run whose threads fail `times` times, in some way, at some block. */
async function failing(way: string, block: number, times: number, settings: object = { workers: 3 }) {
  const policy = { id: "a", frequency: { law: "poisson", lambda: 0.3 }, severity: { law: "constant", value: 1 } };
  const portfolio = checkPortfolio({ name: "x", policies: [policy] });
  const name = `${way} ${block} ${times} ${join(folder, "failed")}`;
  const plan: Plan = { ...makePlan(portfolio, { trials: TRIALS, seed: "1" }), portfolio: name };
  const notes: Note[] = [];
  await using simulator = await backend.open(settings);
  const parts = simulator.simulate(plan, { onNote: (note) => notes.push(note) });
  const { complete, losses, summary } = await collect(plan, parts);
  const warnings = notes.filter(({ isWarning }) => isWarning).map(({ message }) => message);
  return { complete, total: losses.total, summary, warnings };
}

const expected = Float64Array.from({ length: TRIALS }, (_, t) => t);

test.each([
  ["throws", "out of paper"],
  ["exits", "exit"],
])("a worker that %s: its blocks are done again, with one warning", async (way, reason) => {
  for (const [block, settings] of [
    [0, { workers: 2 }],
    [7, { workers: 3 }],
    [60, { workers: 3, batchTrials: 20_000 }],
  ] as const) {
    const { complete, total, summary, warnings } = await failing(way, block, 2, settings);
    expect(complete).toBe(true);
    expect(total).toEqual(expected);
    expect(summary?.total.n).toBe(TRIALS);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(reason);
    rmSync(join(folder, "failed.0"));
    rmSync(join(folder, "failed.1"));
  }
});

test("a worker that is killed in a block: it is done again, with one warning", async () => {
  // One thread hangs in block 20, and so soon do the others, which may not be too far ahead of it.
  const killing = setInterval(() => {
    if (!existsSync(join(folder, "failed.0"))) return;
    clearInterval(killing);
    for (const thread of threads) void thread.terminate();
  }, 50);
  const { total, warnings } = await failing("waits", 20, 1);
  expect(total).toEqual(expected);
  expect(warnings).toHaveLength(1);
});

test("a worker that is killed while it starts: it is replaced", async () => {
  const kill = (worker: Worker) => {
    process.off("worker", kill);
    setTimeout(() => void worker.terminate(), 1);
  };
  process.on("worker", kill);
  const { total, warnings } = await failing("never", -1, 0);
  expect(total).toEqual(expected);
  expect(warnings).toHaveLength(1);
});

test("workers that die at the same block again and again: an error, and no thread is left", async () => {
  await expect(failing("exits", 5, 99)).rejects.toMatchObject({
    code: "WORKER_FAILED",
    message: expect.stringMatching(/^block \d: worker threads end again and again, 7 so far, the last one so: .*exit/),
  });
  expect(threads.every((thread) => thread.threadId === -1)).toBe(true);
});

test("a kernel that cannot start: an error", async () => {
  await expect(failing("cannot-start", 0, 0)).rejects.toMatchObject({
    code: "WORKER_FAILED",
    message: expect.stringMatching("no such thing"),
  });
});

test("a kernel that refuses the plan: its own error, at once", async () => {
  await expect(failing("refuses", 0, 0)).rejects.toMatchObject({
    code: "NOT_SUPPORTED",
    faults: [{ place: "lines[0]", message: "not this one" }],
  });
});
