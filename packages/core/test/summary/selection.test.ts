import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeRanks } from "../../src/summary/selection.ts";

/** Every rank in its place, every value on its side of it, and no value lost. */
function checkPlaces(values: Float64Array, ranks: readonly number[]): void {
  const sorted = values.slice().sort();
  const placed = values.slice();
  placeRanks(placed, ranks);
  for (const rank of ranks) {
    const pivot = sorted[rank - 1];
    expect(placed[rank - 1]).toBe(pivot);
    expect(placed.subarray(0, rank - 1).every((x) => x <= pivot)).toBe(true);
    expect(placed.subarray(rank).every((x) => x >= pivot)).toBe(true);
  }
  expect(placed.sort()).toEqual(sorted);
}

const N = 20_000;
const RANKS = [19_980, 1, 10_000, 9_900, 10_100, 18_000, 20_000, 19_980];
// A multiplicative generator is scatter enough here: 7^5 modulo 2^31 − 1 (Park and Miller 1988).
const scattered = (() => {
  let state = 42;
  return Array.from({ length: N }, () => (state = (state * 16807) % 2147483647));
})();

describe("placeRanks", () => {
  test.each([
    ["scattered", (i: number) => scattered[i]],
    ["mostly zeros", (i: number) => (scattered[i] % 100 < 97 ? 0 : scattered[i])],
    ["capped", (i: number) => Math.min(scattered[i], 1e9)],
    ["ascending", (i: number) => i],
    ["descending", (i: number) => -i],
    ["up and down", (i: number) => Math.min(i, N - i)],
    ["constant", () => 7.5],
    ["few values", (i: number) => scattered[i] % 3],
    ["overflowed", (i: number) => (scattered[i] % 2 ? Infinity : i)],
  ])("places ranks among %s losses", (_, lossOf) => {
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
