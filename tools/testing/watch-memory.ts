// Runs blocks of a kernel and prints what was allocated and collected meanwhile, as JSON: NAME LEAK [SAMPLED], what each block
// shall leave behind besides: nothing, objects or buffers; and whether plans of every sampling come by turns.
import { PerformanceObserver, constants } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { getHeapStatistics } from "node:v8";
import {
  type Compute,
  type Losses,
  type Plan,
  SAMPLING_METHODS,
  blockAt,
  checkPortfolio,
  compile,
  lossesFor,
  makePlan,
  samplePlan,
} from "../../packages/core/src/index.ts";

const [name, leak, sampled] = process.argv.slice(2);
const { kernel } = (await import(
  `../../packages/backend-${name}/src/index.ts`
)) as typeof import("../../packages/backend-wasm/src/index.ts");

const laws = [
  { law: "lognormal", meanlog: 8, sdlog: 1 },
  { law: "gamma", shape: 2, scale: 900 },
  { law: "empirical", values: [500, 1000, 9000] },
];
const counts = [
  { law: "poisson", lambda: 0.5 },
  { law: "negativeBinomial", size: 2, prob: 0.8 },
  { law: "binomial", size: 3, prob: 0.1 },
  { law: "binomial", size: 3, prob: 0.5 },
];
const policies = laws.flatMap((severity, i) =>
  counts.map((frequency, j) => ({
    id: `${i} ${j}`,
    frequency,
    severity,
    terms: { occurrence: { deductible: 100 }, ...(j === 1 && { aggregate: { limit: 5000 } }) },
  })),
);
const plan = makePlan(checkPortfolio({ name: "book", policies }), { trials: 1e6, seed: "1" });
const tilting = { amounts: [0, 1000, 5000], ratios: [1, 1.2, 2] };
const plans = SAMPLING_METHODS.map((method): Plan =>
  samplePlan(plan, method === "importance" ? { method, tilting } : { method }),
);
const runs: { readonly compute: Compute; readonly losses: Losses }[] = [];
for (const one of sampled === undefined ? [plan] : plans) {
  runs.push({ compute: await kernel.prepare(one, compile(one)), losses: lossesFor(one) });
}
const WARM = 300;
const WATCHED = 500;

// Numbers that a block leaves: as objects of the heap, or as a buffer beside it.
const LEFT = 40_000;
const kept: object[] = [];
const run = (from: number, count: number) => {
  for (let index = from; index < from + count; index++) {
    const { compute, losses } = runs[index % runs.length];
    compute(blockAt(index % 240, plan.trials), losses);
    if (leak === "objects") kept[index % 3] = Array.from({ length: LEFT }, (_, i) => i + 0.5);
    if (leak === "buffers") kept[index % 3] = new Float64Array(LEFT).fill(1);
  }
};

run(0, WARM);
await setImmediate();
let major = 0;
const observer = new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const { kind } = (entry as unknown as { readonly detail: { readonly kind: number } }).detail;
    if (kind === constants.NODE_PERFORMANCE_GC_MAJOR) major++;
  }
});
globalThis.gc!();
await setImmediate();
observer.observe({ entryTypes: ["gc"] });
// All that was ever allocated on the heap, collected or not: what is in use also falls when the collector comes by, and a
// block that allocates much was seen to leave less than it found.
const before = allocatedBytes();
run(WARM, WATCHED);
const bytes = allocatedBytes() - before;
await setImmediate();
await setImmediate();
observer.disconnect();
process.stdout.write(JSON.stringify({ major, bytesPerBlock: Math.round(bytes / WATCHED) }));

function allocatedBytes(): number {
  return getHeapStatistics().total_allocated_bytes;
}
