import * as fc from "fast-check";
import { expect, test } from "vitest";
import { exceededBy } from "../../src/summary/bands.ts";
import { doubleBelow } from "../../src/summary/words.ts";

const number = fc.oneof(
  fc.integer({ min: -3, max: 12 }),
  fc.double({ min: 0, noNaN: true }),
  fc.constantFrom(0, 1e-310, 1.5, 1.5000000000000002, 1e300, Infinity),
);

test("values exceed as many thresholds as are below them, whatever bucket they are in", () => {
  fc.assert(
    fc.property(
      fc.array(number, { minLength: 1, maxLength: 300 }),
      fc.array(number, { maxLength: 15 }),
      (drawn, more) => {
        const values = Float64Array.from(drawn);
        const thresholds = Float64Array.from([...more, ...drawn.slice(0, 5)]).sort();
        const plain = drawn.map((x) => thresholds.filter((threshold) => x > threshold).length);
        expect([...exceededBy(values, thresholds)]).toEqual(plain);
      },
    ),
    { seed: 4096, numRuns: 1000 },
  );
});

test.each([
  [1, 1 - Number.EPSILON / 2],
  [-1, -1 - Number.EPSILON],
  [0, -Number.MIN_VALUE],
  [-0, -Number.MIN_VALUE],
  [Number.MIN_VALUE, 0],
  [Number.MAX_SAFE_INTEGER + 1, Number.MAX_SAFE_INTEGER],
  [Infinity, Number.MAX_VALUE],
])("the double below %d is %d", (x, below) => {
  expect(doubleBelow(x)).toBe(below);
});
