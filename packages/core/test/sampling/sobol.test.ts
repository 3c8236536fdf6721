import { describe, expect, test } from "vitest";
import { LossmillError } from "../../src/errors.ts";
import { uniformSource } from "../../src/random/uniforms.ts";
import { reverseBits, scrambleReversed } from "../../src/sampling/owen.ts";
import { SCRAMBLE_STREAM, sobolDriver } from "../../src/sampling/sobol.ts";
import { drive, plainDriver, spread } from "./drive.ts";
import { countsDriver, plain, pointSet } from "./point-sets.ts";
import { SIGMAS, testPromises, testReduction } from "./promises.ts";
import { vectors } from "./vectors.ts";

/** The count and the first two claims of each copy. */
const someDraws = (line: number, copy: number, draw: number): number => (draw < 3 ? 9 * line + 3 * copy + draw : -1);

const overDraws = (most: number) => (_line: number, _copy: number, draw: number) => (draw < most ? draw : -1);

describe("what every driver promises", () => {
  testPromises(() => sobolDriver({ seed: "3", replicates: 2, dimensions: someDraws }));
});
// Each of 200 blocks is a replicate of its own: so many independent scramblings of the first 1,024 points.
describe("compound Poisson", () => {
  testReduction(() => sobolDriver({ seed: "3", replicates: 1000, dimensions: overDraws(10) }), 0, 0.05);
});

describe("bit for bit", () => {
  /** The word that scrambles a dimension, from 1 on, of a replicate, by another route. */
  function scramble(coordinate: number, dimension: number, seed: string, replicate: number): number {
    const source = uniformSource(seed);
    source.seek(SCRAMBLE_STREAM, replicate, 0);
    const words = new Float64Array(dimension);
    source.fill(words, dimension);
    const bits = BigInt(words[dimension - 1] * 2 ** 53);
    const [addend, factor] = [Number(bits >> 21n), 2 * Number(bits & 0x1fffffn) + 1];
    return reverseBits(scrambleReversed(reverseBits(coordinate * 2 ** 32), addend, factor)) >>> 0;
  }

  test.each(vectors.fastForward.filter(({ start }) => start % 4096 <= 4092))(
    "points from $start on, scrambled, are in the upper 32 bits, and the kernel's upper 21 below",
    ({ start, dimensions, points }) => {
      const [replicates, replicate] = [5, 3];
      const driver = sobolDriver({
        seed: "9",
        replicates,
        dimensions: (line, _, draw) => (draw ? -1 : dimensions[line] - 1),
      });
      const options = { block: Math.floor(start / 4096) * replicates + replicate };
      const lines = dimensions.map(() => ({ copies: 1, count: () => 0 }));
      const own = drive(plainDriver, plain, lines, options);
      drive(driver, plain, lines, options).forEach(({ counts }, j) => {
        points.forEach((point, i) => {
          const bits = BigInt(counts[(start % 4096) + i] * 2 ** 53);
          expect(Number(bits >> 21n)).toBe(scramble(point[j], dimensions[j], "9", replicate));
          expect(Number(bits & 0x1fffffn)).toBe(Math.floor(own[j].counts[(start % 4096) + i] * 2 ** 21));
        });
      });
    },
  );

  test("a claim has the dimension of its draw, and a point's coordinates are its trial's", () => {
    const dimensions = (_line: number, _copy: number, draw: number) => [6, 4, 5][draw] ?? -1;
    const driver = sobolDriver({ seed: "9", replicates: 1, dimensions });
    const [{ counts, claims, trials }] = drive(driver, plain, [{ copies: 1, count: () => 3 }]);
    const points = pointSet("9", 7, {});
    const upper = (u: number) => Math.floor(u * 2 ** 32);
    const [own] = drive(plainDriver, plain, [{ copies: 1, count: () => 3 }]);
    for (let t = 0; t < 4096; t++) {
      expect([counts[t], claims[3 * t], claims[3 * t + 1]].map(upper)).toEqual(
        [6, 4, 5].map((d) => upper(points[d][t])),
      );
      expect(claims[3 * t + 2]).toBe(own.claims[3 * t + 2]);
      expect(trials[3 * t]).toBe(t);
    }
  });

  test("counts that are not driven stay, their claims may be", () => {
    const driver = sobolDriver({ seed: "9", replicates: 1, dimensions: (_l, _c, draw) => (draw === 1 ? 0 : -1) });
    const lines = [{ copies: 1, count: () => 1 }];
    const [own] = drive(plainDriver, plain, lines);
    const [driven] = drive(driver, plain, lines);
    expect(driven.counts).toEqual(own.counts);
    expect(Math.max(...driven.claims.map((u, i) => Math.abs(u - pointSet0[i])))).toBeLessThan(2 ** -32);
  });
  const [pointSet0] = pointSet("9", 1, {});

  test("the point that is scrambled to 0 is read as 2^-54", () => {
    // Backwards: every step of the hash takes 0 to 0, up to the sum; the one before it is undone digit by digit; and the
    // digits of dimension 0 are the Gray code itself.
    const source = uniformSource("9");
    source.seek(SCRAMBLE_STREAM, 0, 0);
    const word = new Float64Array(1);
    source.fill(word, 1);
    const sum = -Math.floor(word[0] * 2 ** 32) | 0;
    let index = 0;
    for (let i = 0; i < 32; i++) index = sum ^ Math.imul(index, 0x3d20adea);
    for (const by of [1, 2, 4, 8, 16]) index ^= index >>> by;
    const driver = countsDriver("9", 1);
    driver.begin((index >>> 0) >>> 12);
    const counts = new Float64Array(4096).fill(2 ** -22);
    driver.counts(0, 0, 0, 4096, counts);
    expect(counts[index & 4095]).toBe(2 ** -54);
  });
});

describe("nets", () => {
  const points = pointSet("12", 12, { block: 3 });

  test("each aligned 2^k of points has one in each of 2^k intervals, in every dimension", () => {
    for (const coordinates of points) {
      for (let k = 0; k <= 12; k++) {
        for (let first = 0; first < 4096; first += 2 ** k) {
          const intervals = new Set(coordinates.slice(first, first + 2 ** k).map((u) => Math.floor(u * 2 ** k)));
          if (intervals.size !== 2 ** k) throw new Error(`2^${k} points from ${first} on`);
        }
      }
    }
  });

  test("dimensions 1 and 2 together: one point in each box of 2^-i by 2^-(k − i)", () => {
    const [x, y] = points;
    for (let k = 0; k <= 12; k++) {
      for (let i = 0; i <= k; i++) {
        for (const first of [0, 4096 - 2 ** k]) {
          const boxes = new Set<number>();
          for (let t = first; t < first + 2 ** k; t++) {
            boxes.add(Math.floor(x[t] * 2 ** i) * 2 ** (k - i) + Math.floor(y[t] * 2 ** (k - i)));
          }
          expect(boxes.size).toBe(2 ** k);
        }
      }
    }
  });
});

test("a coordinate is uniform over seeds, and independent of the others and of the next replicate's", () => {
  const rounds = 300;
  const first = Array.from({ length: rounds }, (_, seed) => pointSet(String(seed), 3, { trials: 2, replicates: 2 }));
  const other = Array.from({ length: rounds }, (_, seed) =>
    pointSet(String(seed), 1, { trials: 2, replicates: 2, block: 1 }),
  );
  for (const dimension of [0, 1, 2]) {
    const u = first.map((points) => points[dimension][1] - 0.5);
    expect(Math.abs(spread(u, 0).z)).toBeLessThan(SIGMAS);
    expect(
      Math.abs(
        spread(
          u.map((x) => x * x),
          1 / 12,
        ).z,
      ),
    ).toBeLessThan(SIGMAS);
    const next = first.map((points) => points[(dimension + 1) % 3][1] - 0.5);
    expect(
      Math.abs(
        spread(
          u.map((x, i) => x * next[i]),
          0,
        ).z,
      ),
    ).toBeLessThan(SIGMAS);
    expect(
      Math.abs(
        spread(
          u.map((x, i) => x * (other[i][0][1] - 0.5)),
          0,
        ).z,
      ),
    ).toBeLessThan(SIGMAS);
  }
});

describe("refusals", () => {
  const expectFault = (act: () => void, code: string, place: string, message: RegExp) => {
    try {
      act();
    } catch (error) {
      if (!(error instanceof LossmillError)) throw error;
      expect(error).toMatchObject({ code, faults: [{ place }] });
      expect(error.message).toMatch(message);
      return;
    }
    throw new Error("nothing was refused");
  };
  const dimensions = overDraws(1);

  test.each([0, 1.5, -1, Number.NaN])("%s replicates", (replicates) => {
    expectFault(() => sobolDriver({ seed: "1", replicates, dimensions }), "BAD_PLAN", "replicates", /whole number/);
  });

  test("more than 2^32 points of a replicate", () => {
    const driver = sobolDriver({ seed: "1", replicates: 3, dimensions });
    driver.begin(3 * 2 ** 20 - 1);
    expectFault(() => driver.begin(3 * 2 ** 20), "NOT_SUPPORTED", "trials", /2\^32 points: block 3145728/);
  });

  test("a dimension that there is not", () => {
    const driver = sobolDriver({ seed: "1", replicates: 1, dimensions: (_l, _c, draw) => 250 + draw });
    driver.begin(0);
    const act = () => driver.counts(4, 2, 0, 1, Float64Array.of(0.5));
    expectFault(act, "BAD_PLAN", "lines[4]", /dimension 256 of copy 2 is beyond the 256/);
  });

  test("256 dimensions of one copy are driven", () => {
    const driver = sobolDriver({ seed: "1", replicates: 1, dimensions: (_l, _c, draw) => (draw === 0 ? 0 : draw - 1) });
    driver.begin(0);
    driver.counts(0, 0, 0, 1, Float64Array.of(0.5));
    const claims = new Float64Array(300).fill(0.5);
    driver.claims(0, 0, 300, claims, new Uint16Array(300));
    expect([...claims].slice(256)).toEqual(Array.from({ length: 44 }, () => 0.5));
    expect([...claims].slice(0, 256).filter((u) => u === 0.5)).toEqual([]);
  });

  test("what is not a seed", () => {
    expectFault(() => sobolDriver({ seed: "x", replicates: 1, dimensions }), "BAD_CONFIGURATION", "seed", /"x"/);
  });
});
