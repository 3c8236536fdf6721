import { readFileSync } from "node:fs";
import { Bench } from "tinybench";
import type { Answer, Measured, Simulate } from "./contestant.ts";

/** Before the clock starts: 1,024, 2,048, 4,096 … trials, never more than asked for, until this many milliseconds have passed. */
const WARM_UP_MS = 150;
/** Whole runs until this many milliseconds have passed, one at least. The same in contestants/shared/contest.py. */
const MEASURE_MS = 150;

/** Times runs of `trials` trials in this process; the start of the process and reading the book are not in it. */
export async function measure(simulate: Simulate, trials: number, seed: string): Promise<Omit<Measured, "versions">> {
  await warmUp(simulate, trials, seed);
  const bench = new Bench({ time: MEASURE_MS, iterations: 1, warmup: false, throws: true });
  let answer: Answer = { mean: NaN, sd: NaN };
  let before = process.cpuUsage();
  let cpu = before;
  bench.add(
    "run",
    async () => {
      answer = await simulate(trials, seed);
    },
    {
      // Without it tinybench calls the function once more, to see whether it is asynchronous.
      async: true,
      beforeAll: () => void (before = process.cpuUsage()),
      afterAll: () => void (cpu = process.cpuUsage(before)),
    },
  );
  const [task] = await bench.run();
  if (task?.result.state !== "completed") throw new Error("tinybench did not complete the run");
  const { latency } = task.result;
  return {
    ...answer,
    seconds: latency.mean / 1e3,
    cpuSeconds: (cpu.user + cpu.system) / 1e6 / latency.samplesCount,
    peakBytes: peakBytes(),
  };
}

async function warmUp(simulate: Simulate, trials: number, seed: string): Promise<void> {
  const start = performance.now();
  for (let n = 1024; performance.now() - start < WARM_UP_MS; n *= 2) await simulate(Math.min(n, trials), seed);
}

/**
 * The process's largest resident size. Linux's own file first: there `maxRSS` begins with the size of the process that
 * started this one (590 MB for an idle child of a parent of 590 MB).
 */
function peakBytes(): number {
  try {
    const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
    if (found) return Number(found[1]) * 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS * 1024;
}
