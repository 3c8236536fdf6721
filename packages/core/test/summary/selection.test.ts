import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeRanks } from "../../src/summary/selection.ts";
import { selectRanks, valueOfRank } from "../../src/summary/selection-by-buckets.ts";

/** Every rank in its place, every value on its side of it, and no value lost. */
function checkPlaces(values: Float64Array, ranks: readonly number[]): void {
  const placed = values.slice();
  placeRanks(placed, ranks);
  checkPlaced(values, ranks, placed);
}

function checkPlaced(values: Float64Array, ranks: readonly number[], placed: Float64Array): void {
  const sorted = values.slice().sort();
  for (const rank of ranks) {
    const pivot = sorted[rank - 1];
    expect(placed[rank - 1]).toBe(pivot);
    expect(placed.subarray(0, rank - 1).every((x) => x <= pivot)).toBe(true);
    expect(placed.subarray(rank).every((x) => x >= pivot)).toBe(true);
  }
  expect(placed.sort()).toEqual(sorted);
}

/** Every rank in its place; above the least of them no value lost and every one on its side of each rank, where a tail is asked for. */
function checkSelected(values: Float64Array, ranks: readonly number[], tail: boolean): void {
  const placed = new Float64Array(values.length).fill(NaN);
  selectRanks(values, ranks, placed, { tail });
  const sorted = values.slice().sort();
  for (const rank of ranks) expect(placed[rank - 1]).toBe(sorted[rank - 1]);
  if (!tail) return;
  const start = Math.min(...ranks) - 1;
  const above = ranks.map((rank) => rank - start);
  checkPlaced(sorted.subarray(start), above, placed.subarray(start));
}

const N = 20_000;
const RANKS = [19_980, 1, 10_000, 9_900, 10_100, 18_000, 20_000, 19_980];
// A multiplicative generator is scatter enough here: 7^5 modulo 2^31 − 1 (Park and Miller 1988).
const scattered = (() => {
  let state = 42;
  return Array.from({ length: N }, () => (state = (state * 16807) % 2147483647));
})();

const LOSSES = [
  ["scattered", (i: number) => scattered[i]],
  ["mostly zeros", (i: number) => (scattered[i] % 100 < 97 ? 0 : scattered[i])],
  ["capped", (i: number) => Math.min(scattered[i], 1e9)],
  ["ascending", (i: number) => i],
  ["descending", (i: number) => -i],
  ["up and down", (i: number) => Math.min(i, N - i)],
  ["constant", () => 7.5],
  ["few values", (i: number) => scattered[i] % 3],
  ["overflowed", (i: number) => (scattered[i] % 2 ? Infinity : i)],
] as const;

describe("placeRanks", () => {
  test.each(LOSSES)("places ranks among %s losses", (_, lossOf) => {
    checkPlaces(
      Float64Array.from({ length: N }, (__, i) => lossOf(i)),
      RANKS,
    );
  });

  test("places any single rank, at the edge of a split or not", () => {
    const losses = Float64Array.from(scattered.slice(0, 1500));
    const sorted = losses.slice().sort();
    for (let rank = 1; rank <= losses.length; rank++) {
      const placed = losses.slice();
      placeRanks(placed, [rank]);
      expect(placed[rank - 1]).toBe(sorted[rank - 1]);
    }
  });

  test("places ranks among any losses, few or many", () => {
    const values = fc.float64Array({ min: 0, noNaN: true, maxLength: 3000, minLength: 1, size: "max" });
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 9 });
    fc.assert(
      fc.property(values, shares, (losses, at) => {
        checkPlaces(
          losses,
          at.map((share) => 1 + Math.floor(share * (losses.length - 1))),
        );
      }),
      { seed: 4096, numRuns: 100 },
    );
  });
});

describe("selectRanks", () => {
  const MANY = 300_000;
  const ranks = RANKS.map((rank) => 15 * rank);

  test.each(LOSSES)("places ranks in a copy of many %s losses", (_, lossOf) => {
    // From the second value of a buffer on, and with differences that the twenty thousand do not have.
    const losses = new Float64Array(MANY + 1).subarray(1);
    for (let i = 0; i < MANY; i++) losses[i] = lossOf(i % N) * (1 + (i % 1000) / 1e5);
    const before = losses.slice();
    // Without the first and the median there are losses below the least, too.
    for (const asked of [ranks, ranks.filter((rank) => rank > MANY / 2)]) {
      checkSelected(losses, asked, true);
      checkSelected(losses, asked, false);
    }
    expect(losses).toEqual(before);
  });

  test("leaves memory that nobody asks for untouched", () => {
    const losses = Float64Array.from({ length: MANY }, (_, i) => 1 + ((i * 7919) % MANY) / MANY);
    const written = (tail: boolean) => {
      const placed = new Float64Array(MANY).fill(NaN);
      selectRanks(losses, [MANY - 10, MANY / 2], placed, { tail });
      return placed.reduce((count, x) => count + Number(!Number.isNaN(x)), 0) / MANY;
    };
    expect(written(true)).toBeGreaterThan(0.5);
    expect(written(true)).toBeLessThan(0.502);
    expect(written(false)).toBeLessThan(0.002);
  });

  test.each([0, -3, 1e300])("places ranks among many losses that are all %d", (loss) => {
    checkSelected(new Float64Array(MANY).fill(loss), ranks, true);
    checkSelected(new Float64Array(MANY).fill(loss), ranks, false);
  });

  test("places ranks in a copy of few losses", () => {
    const losses = Float64Array.from(scattered);
    checkSelected(losses, RANKS, true);
    checkSelected(losses, RANKS, false);
  });

  test("losses of either sign and any size", () => {
    const losses = Float64Array.from(
      { length: MANY },
      (_, i) => (scattered[i % N] % 2 ? -1 : 1) * 10 ** ((i % 600) - 300),
    );
    checkSelected(losses, ranks, true);
    checkSelected(losses, ranks, false);
  });
});

describe("valueOfRank", () => {
  test.each(LOSSES)("finds values of %s losses, and how many exceed them", (_, lossOf) => {
    const losses = Float64Array.from({ length: N }, (_unused, i) => lossOf(i));
    const sorted = losses.toSorted();
    for (const rank of RANKS) {
      const value = sorted[rank - 1];
      const above = N - sorted.findLastIndex((x) => x === value) - 1;
      expect(valueOfRank(losses, rank)).toEqual({ value, above });
    }
  });
});
