import { closeSync, openSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import { type Kernel, LossmillError } from "@lossmill/core";

/**
 * A kernel for tests: trial t loses t, in one claim. The portfolio's name says what goes wrong, as `way block times file`: at
 * this block a thread fails in this way, as many times as files of that name and a number can be made.
 */
export const kernel: Kernel = {
  name: "faulty",
  module: import.meta.url,
  prepare: async (plan) => {
    const [way, at, times, file] = plan.portfolio.split(" ");
    if (way === "refuses") throw new LossmillError("NOT_SUPPORTED", { place: "lines[0]", message: "not this one" });
    if (way === "cannot-start") throw new TypeError("no such thing");
    return (block, out) => {
      if (block.index === Number(at) && isFirst(file, Number(times))) fail(way);
      if (way === "slow") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(times));
      for (let t = 0; t < block.end - block.start; t++) {
        out.total[t] = block.start + t;
        out.maxOccurrence[t] = (block.start + t) / 2;
        out.claims[t] = 1;
      }
      return block.end - block.start;
    };
  },
};

function fail(way: string): void {
  if (isMainThread) throw new Error("the test would fail, not the thread");
  if (way === "throws") throw new Error("out of paper");
  if (way === "exits") process.exit(3);
  if (way === "throws-later") {
    setTimeout(() => {
      throw new Error("too late");
    });
  }
  if (way === "waits") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** Whether this is one of the first `times` calls, of all threads. */
function isFirst(file: string, times: number): boolean {
  for (let i = 0; i < times; i++) {
    try {
      closeSync(openSync(`${file}.${i}`, "wx"));
      return true;
    } catch {
      // It has been made.
    }
  }
  return false;
}
