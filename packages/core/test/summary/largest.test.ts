import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { largest } from "../../src/summary/largest.ts";

/** The largest, of equal ones the first, in their order: by a sort. */
function top(values: readonly number[], keep: number): Float64Array {
  const places = Float64Array.from(values, (_, i) => i).sort((i, j) => values[j] - values[i] || i - j);
  return places
    .subarray(0, keep)
    .sort()
    .map((i) => values[i]);
}

// Few different values, so that many are equal; and any.
const value = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ min: 0, noNaN: true }));

test("are those of a sort, asked for at any moments", () => {
  fc.assert(
    fc.property(fc.array(fc.array(value, { maxLength: 40 })), fc.integer({ min: 1, max: 30 }), (blocks, keep) => {
      const kept = largest(keep);
      const all: number[] = [];
      blocks.forEach((block, i) => {
        kept.add(Float64Array.from(block));
        all.push(...block);
        if (i % 3 === 2) expect(kept.kept()).toEqual(top(all, keep));
      });
      expect(kept.kept()).toEqual(top(all, keep));
    }),
  );
});

describe.each([1, 100, 5000])("of 40 blocks, %i kept", (keep) => {
  const scattered = Array.from({ length: 40 * 4096 }, (_, i) => (i * 7919) % 163_840);

  test.each([
    ["scattered", scattered],
    ["ascending", [...scattered].sort((a, b) => a - b)],
    ["descending", [...scattered].sort((a, b) => b - a)],
    ["capped", scattered.map((x) => Math.min(x, 160_000))],
    ["mostly 0", scattered.map((x) => (x % 50 === 0 ? x : 0))],
    ["constant", scattered.map(() => 7.5)],
  ])("%s values", (_, values) => {
    const kept = largest(keep);
    for (let from = 0; from < values.length; from += 4096) kept.add(Float64Array.from(values.slice(from, from + 4096)));
    expect(kept.kept()).toEqual(top(values, keep));
  });

  test("all added at once", () => {
    const kept = largest(keep);
    kept.add(Float64Array.from(scattered));
    expect(kept.kept()).toEqual(top(scattered, keep));
  });
});

test("nothing is allocated before it is needed", () => {
  const kept = largest(1_000_000_000);
  kept.add(Float64Array.of(3, 1, 2));
  expect(kept.kept()).toEqual(Float64Array.of(3, 1, 2));
  expect(kept.kept().buffer.byteLength).toBe(48);
});

test("there is never room for more than twice what is kept", () => {
  const kept = largest(10_000);
  for (let block = 0; block < 100; block++) kept.add(Float64Array.from({ length: 4096 }, (_, i) => block * 4096 + i));
  expect(kept.kept().buffer.byteLength).toBeLessThanOrEqual(2 * 8 * 10_000);
});
