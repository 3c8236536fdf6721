import { expect, test } from "vitest";
import { DIGITS, directionIntegers, MOST_DIMENSIONS } from "../../src/sampling/directions.ts";
import { reverseBits } from "../../src/sampling/owen.ts";
import { sobolPoints } from "../../src/sampling/sobol.ts";
import { vectors } from "./vectors.ts";

const directions = directionIntegers();
const { digits } = sobolPoints("0");

/** A coordinate, as the fixture has it: dimensions from 1 on. */
const coordinate = (dimension: number, index: number): number =>
  (reverseBits(digits(dimension - 1, index)) >>> 0) / 2 ** 32;

test.each(vectors.directionIntegers)("direction integers of dimension $dimension are SciPy's", ({ dimension, v }) => {
  const found = directions.slice((dimension - 1) * DIGITS, dimension * DIGITS);
  expect([...found].map((integer) => integer >>> 2).slice(0, 30)).toEqual(v);
  // The lowest bit of v_j is bit 32 − j, for 32 bits and not only for the fixture's 30.
  expect([...found].map((integer) => 31 - Math.log2(integer & -integer & 0x7fffffff)).slice(1)).toEqual(
    Array.from({ length: 31 }, (_, j) => j + 1),
  );
});

test("there are 256 dimensions, no two of them alike", () => {
  expect(MOST_DIMENSIONS).toBe(256);
  const all = Array.from({ length: 256 }, (_, d) => directions.slice(d * DIGITS, (d + 1) * DIGITS).join());
  expect(new Set(all).size).toBe(256);
});

test("the first points are SciPy's", () => {
  const { dimensions, points } = vectors.firstPoints;
  expect(points).toHaveLength(64);
  points.forEach((point, i) => expect(dimensions.map((dimension) => coordinate(dimension, i))).toEqual(point));
});

test.each(vectors.highDimensions.columns)("the first points of dimension $dimension are SciPy's", (column) => {
  expect(column.values.map((_, i) => coordinate(column.dimension, i))).toEqual(column.values);
});

test.each(vectors.fastForward)("points from $start on are SciPy's", ({ start, dimensions, points }) => {
  points.forEach((point, i) => expect(dimensions.map((dimension) => coordinate(dimension, start + i))).toEqual(point));
});

test("the highest index is 2^32 − 1: its Gray code has the highest bit alone", () => {
  for (let d = 0; d < MOST_DIMENSIONS; d++) {
    expect(reverseBits(digits(d, 0xffffffff)) >>> 0).toBe(directions[d * DIGITS + 31]);
  }
});
