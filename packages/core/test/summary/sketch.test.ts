import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUCKET_ERROR, type Buckets, boundsOf } from "../../src/summary/buckets.ts";
import { sketch } from "../../src/summary/sketch.ts";

const loss = fc.oneof(
  fc.constantFrom(0, 1, 5e-324, 2 ** -1022, Number.MAX_VALUE, Infinity, 1000, 1000 * (1 + 2 ** -52)),
  fc.double({ min: 0, noNaN: true }),
  fc.double({ min: 1, max: 1e6, noNaN: true }),
);

/** What a sketch should have, counted one value at a time. */
function countedOneByOne(values: readonly number[]): Buckets {
  const counts = new Map<number, number>();
  for (const value of values) {
    const number = Number(new BigUint64Array(Float64Array.of(value).buffer)[0] >> 42n);
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  const numbers = Int32Array.from(counts.keys()).sort();
  return { numbers, counts: Float64Array.from(numbers, (number) => counts.get(number)!) };
}

test("counts every value in its bucket, whatever comes when", () => {
  fc.assert(
    fc.property(fc.array(fc.array(loss, { maxLength: 50 })), fc.integer({ min: 1, max: 100 }), (blocks, carryAfter) => {
      const counts = sketch(carryAfter);
      for (const block of blocks) counts.add(Float64Array.from(block), Infinity);
      expect(counts.buckets()).toEqual(countedOneByOne(blocks.flat()));
    }),
  );
});

test("two sketches add up, in either order, and go on", () => {
  fc.assert(
    fc.property(fc.array(loss), fc.array(loss), fc.array(loss), (first, second, third) => {
      const of = (values: readonly number[]) => {
        const counts = sketch();
        counts.add(Float64Array.from(values), Infinity);
        return counts;
      };
      const [a, b] = [of(first), of(second)];
      const [inA, inB] = [a.buckets(), b.buckets()];
      a.absorb(inB);
      b.absorb(inA);
      expect(a.buckets()).toEqual(b.buckets());
      a.add(Float64Array.from(third), Infinity);
      expect(a.buckets()).toEqual(countedOneByOne([...first, ...second, ...third]));
    }),
  );
});

test("counts beyond 32 bits", () => {
  const counts = sketch();
  const many = { numbers: Int32Array.of(0, 1_047_552), counts: Float64Array.of(2 ** 40, 2 ** 33 + 1) };
  counts.absorb(many);
  counts.add(Float64Array.of(0, 1, 1), Infinity);
  expect(counts.buckets()).toEqual({ ...many, counts: Float64Array.of(2 ** 40 + 1, 2 ** 33 + 3) });
});

test("the values of a view that begins anywhere", () => {
  const counts = sketch();
  counts.add(Float64Array.of(9, 9, 9, 1, 2, 3, 9).subarray(3, 6), Infinity);
  expect(counts.buckets()).toEqual(countedOneByOne([1, 2, 3]));
});

describe("a bucket", () => {
  test("holds its values, and its middle is near all of them", () => {
    let worst = 0;
    fc.assert(
      fc.property(loss, (value) => {
        const { least, middle, most } = boundsOf(countedOneByOne([value]).numbers[0]);
        if (value === Infinity || value === 0) expect([least, middle, most]).toEqual([value, value, value]);
        if (value === Infinity || value < 2 ** -1032) return;
        expect(least).toBeLessThanOrEqual(value);
        expect(most).toBeGreaterThanOrEqual(value);
        if (value < 2 ** -1022) return;
        worst = Math.max(worst, Math.abs(middle - value) / value);
      }),
      { numRuns: 2000 },
    );
    console.log(`the worst middle: ${worst / BUCKET_ERROR} of 2^-11`);
    expect(worst).toBeLessThanOrEqual(BUCKET_ERROR);
    expect(BUCKET_ERROR).toBe(2 ** -11);
  });

  test("begins where the one before it ends", () => {
    for (let number = 1_040_000; number < 1_050_000; number++) {
      const next = boundsOf(number + 1).least;
      expect(boundsOf(number).most).toBeLessThan(next);
      expect(boundsOf(number).most).toBeGreaterThanOrEqual(next * (1 - 2 ** -52));
    }
  });
});
