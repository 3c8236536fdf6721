import { type Backend, inProcess, lossesFor } from "@lossmill/core";
import { expect, test } from "vitest";
import { stream, streaming } from "../src/index.ts";
import { planOf } from "./fake.ts";

/** Blocks that cost next to nothing: one of eight arrays of scattered losses, scaled by the block. */
const PATTERNS = Array.from({ length: 8 }, (_, i) =>
  Float64Array.from({ length: 4096 }, (_unused, t) => 1 / Math.sqrt(((t * 7919 + i * 541) % 4096) + 0.5)),
);

const cheap: Backend = inProcess(
  {
    name: "cheap",
    module: import.meta.url,
    prepare: async () => (block, out) => {
      out.total.set(PATTERNS[block.index % 8]);
      out.maxOccurrence.set(PATTERNS[(block.index * 3) % 8]);
      out.total[block.index % 4096] = 1 + block.index;
      return 0;
    },
  },
  { agreement: 0, supports: { outputs: ["total", "maxOccurrence", "claims"], placements: ["perTrial"] } },
);

test("an endless stream keeps its memory", async () => {
  const controller = new AbortController();
  const plan = planOf(null);
  expect(lossesFor(plan).byPolicy).toBeUndefined();
  await using simulator = await streaming(cheap).open();
  const buffers: number[] = [];
  const heaps: number[] = [];
  const { trials } = await stream(plan, simulator.simulate(plan), {
    signal: controller.signal,
    keep: 50_000,
    async onPart({ block }) {
      if (block.index % 2000 === 1999) {
        await new Promise((resolve) => setImmediate(resolve));
        const { arrayBuffers, heapUsed } = process.memoryUsage();
        buffers.push(arrayBuffers / 1e6);
        heaps.push(heapUsed / 1e6);
      }
      if (block.index === 19_999) controller.abort();
    },
  });
  console.log(`MB of array buffers and heap after every 2,000 blocks: ${rounded(buffers)}; ${rounded(heaps)}`);
  expect(trials).toBe(20_000 * 4096);
  // All losses of so many trials would be 2 GB.
  expect(Math.max(...buffers)).toBeLessThan(50);
  expect(buffers[9] - buffers[0]).toBeLessThan(15);
  expect(heaps[9] - heaps[0]).toBeLessThan(20);
});

const rounded = (values: readonly number[]) => values.map((x) => x.toFixed(1)).join(" ");
