import type { MessagePort } from "node:worker_threads";
import { checkPortfolio, blockBytes, compile, makePlan } from "@lossmill/core";
import { expect, test } from "vitest";
import { bell } from "../src/bell.ts";
import type { Job } from "../src/block-loop.ts";
import { hire } from "../src/crew.ts";
import { CONTROL, shareRun } from "../src/shared-run.ts";
import type { Threads } from "../src/threads.ts";
import { kernel } from "./kernels/faulty.ts";

const policy = { id: "a", frequency: { law: "poisson", lambda: 1 }, severity: { law: "constant", value: 1 } };
const plan = makePlan(checkPortfolio({ name: "x", policies: [policy] }), { trials: 40_960, seed: "1" });

/** Threads that do nothing but end when they are told to. */
function fakeThreads() {
  const jobs: Job[] = [];
  const ends: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  const threads: Threads = {
    run: (job: Job, _ports: readonly MessagePort[]) =>
      new Promise((resolve, reject) => {
        jobs.push(job);
        ends.push({ resolve: () => resolve(null), reject });
      }),
    close: async () => {},
  };
  return { threads, jobs, ends };
}

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};

test("threads are ahead by what the window holds, one block at least", () => {
  const slots = (windowBytes?: number) => shareRun(plan, 2, windowBytes === undefined ? {} : { windowBytes }).slots;
  expect([slots(), slots(1e9), slots(3.9 * blockBytes(plan)), slots(1)]).toEqual([16, 16, 3, 1]);
});

test("a block that a dead worker has taken and another only tries for is done again, once that is known", async () => {
  const { threads, jobs, ends } = fakeThreads();
  const run = shareRun(plan, 2);
  const task = { kernel, plan, compiled: compile(plan), run, workers: 2, bell: bell(), onNote: () => {} };
  const crew = hire(threads, task);
  // Worker 0 has block 0; worker 1 read the counter before that and fell asleep.
  run.control[CONTROL.next] = 1;
  run.taken.set([0, 1, 0, -1]);
  ends[0].reject(new Error("killed"));
  await turns(20);
  expect(jobs).toHaveLength(2);
  // It wakes, does not get block 0, and takes the next.
  run.control[CONTROL.next] = 2;
  run.taken.set([1, 1], 2);
  await turns(20);
  expect(jobs.slice(2).map(({ worker, redo }) => ({ worker, redo }))).toEqual([{ worker: 0, redo: [0] }]);
  for (const { resolve } of ends) resolve();
  await crew.stop();
});

test("of two dead workers of which one took what both tried for, one does it again", async () => {
  const { threads, jobs, ends } = fakeThreads();
  const run = shareRun(plan, 2);
  const task = { kernel, plan, compiled: compile(plan), run, workers: 2, bell: bell(), onNote: () => {} };
  const crew = hire(threads, task);
  run.control[CONTROL.next] = 1;
  run.taken.set([0, -1, 0, -1]);
  ends[0].reject(new Error("killed"));
  ends[1].reject(new Error("killed"));
  await turns(20);
  expect(jobs.slice(2).flatMap(({ redo }) => redo)).toEqual([0]);
  for (const { resolve } of ends) resolve();
  await crew.stop();
});
