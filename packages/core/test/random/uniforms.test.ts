import { describe, expect, test } from "vitest";
import { GENERATORS, type GeneratorName } from "../../src/random/generator.ts";
import { COUNTS, SEVERITIES, uniformSource } from "../../src/random/uniforms.ts";
import { bitsOf, uniforms } from "./vectors.ts";

const SEED = "20270101";
/**
 * How far, in standard deviations, a statistic may lie from its expectation: two-sided level 6.8e-6. The seed is fixed, so
 * this passes or fails once and for all; the level says how surprising a pass by luck or a failure by chance would be.
 */
const SIGMAS = 4.5;

type Key = readonly [stream: number, block: number, purpose: 0 | 1];

function draw(source: ReturnType<typeof uniformSource>, key: Key, count: number): Float64Array {
  source.seek(...key);
  return uniforms(source, count);
}

describe("the same as NumPy", () => {
  // NumPy 2.4.6: Generator(G(SeedSequence(seed, spawn_key=(stream, block, purpose)))).random(3).tolist(), G PCG64 or SFC64.
  test.each<{ generator: GeneratorName; seed: string; key: Key; first: readonly number[] }>([
    {
      generator: "pcg64",
      seed: "0",
      key: [0, 0, 0],
      first: [0.6027619159910471, 0.5767135228794323, 0.4645751002246622],
    },
    {
      generator: "pcg64",
      seed: "42",
      key: [0, 0, 0],
      first: [0.022792473843135874, 0.8397056307349346, 0.6464427371935104],
    },
    {
      generator: "pcg64",
      seed: "42",
      key: [3, 5, 1],
      first: [0.5159945419090946, 0.7852614580632439, 0.6610679146736852],
    },
    {
      generator: "pcg64",
      seed: "42",
      key: [499, 244, 1],
      first: [0.4011449757864205, 0.9837332319191038, 0.21357847498854954],
    },
    {
      generator: "pcg64",
      seed: "4294967296",
      key: [1, 0, 0],
      first: [0.6699625504458531, 0.09981416771161156, 0.5349163808273419],
    },
    {
      generator: "pcg64",
      seed: "340282366920938463463374607431768211455",
      key: [4294967295, 4294967295, 1],
      first: [0.6586060895925127, 0.22977629935157484, 0.32437092259233835],
    },
    {
      generator: "pcg64",
      seed: "1512366075204170929049582354406559215",
      key: [123456, 7890, 0],
      first: [0.37447568591623315, 0.039521557098192606, 0.6001153960934584],
    },
    {
      generator: "sfc64",
      seed: "0",
      key: [0, 0, 0],
      first: [0.6469746587644888, 0.13608036262234324, 0.26414355922593136],
    },
    {
      generator: "sfc64",
      seed: "42",
      key: [0, 0, 0],
      first: [0.00756402758464958, 0.8323581269601062, 0.7830785177402169],
    },
    {
      generator: "sfc64",
      seed: "42",
      key: [3, 5, 1],
      first: [0.07816807410803506, 0.2956665647167257, 0.6554117024132432],
    },
    {
      generator: "sfc64",
      seed: "4294967296",
      key: [1, 0, 0],
      first: [0.8334248375390757, 0.8671251508909822, 0.8703282327649596],
    },
    {
      generator: "sfc64",
      seed: "340282366920938463463374607431768211455",
      key: [4294967295, 4294967295, 1],
      first: [0.2657356849999821, 0.6269844318543303, 0.7207069616986517],
    },
    {
      generator: "sfc64",
      seed: "1512366075204170929049582354406559215",
      key: [123456, 7890, 0],
      first: [0.5466166907939555, 0.1633014010576449, 0.08035672271504934],
    },
  ])("$generator, seed $seed, key $key", ({ generator, seed, key, first }) => {
    expect([...draw(uniformSource(seed, generator), key, 3)]).toEqual(first);
  });

  test("PCG64's where no generator is named", () => {
    expect(draw(uniformSource("42"), [3, 5, 1], 3)).toEqual(draw(uniformSource("42", "pcg64"), [3, 5, 1], 3));
  });
});

test.each(GENERATORS)(
  "%s: seek goes to the start of a stream, wherever it was; fill goes on where it stopped",
  (name) => {
    const source = uniformSource(SEED, name);
    const whole = draw(source, [5, 6, COUNTS], 9000);
    draw(source, [6, 5, SEVERITIES], 17);
    source.seek(5, 6, COUNTS);
    const pieces = [1, 4096, 0, 7, 4896].flatMap((count) => bitsOf(uniforms(source, count)));
    expect(pieces).toEqual(bitsOf(whole));
  },
);

test("two sources do not disturb each other", () => {
  const [one, other] = [uniformSource("1"), uniformSource("2")];
  const expected = draw(uniformSource("1"), [0, 0, COUNTS], 20);
  one.seek(0, 0, COUNTS);
  other.seek(0, 0, COUNTS);
  const found = Float64Array.from({ length: 20 }, () => {
    uniforms(other, 1);
    return uniforms(one, 1)[0];
  });
  expect(found).toEqual(expected);
});

test("what is not a seed or a generator is refused", () => {
  expect(() => uniformSource("-1")).toThrow(/^seed: "-1" is not a whole number/);
  const named = "mt19937" as GeneratorName;
  expect(() => uniformSource("1", named)).toThrow(/^generator: there is no "mt19937"; there are pcg64, sfc64$/);
});

/** The correlation of two uniform samples in standard deviations: Σ (u − ½)(v − ½) has variance n / 144. */
function correlation(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] - 0.5) * (other[i] - 0.5);
  return (12 * sum) / Math.sqrt(one.length);
}

/** Pearson's χ² of uniforms in equal bins, as a normal deviate (Wilson and Hilferty 1931: its cube root is near normal). */
function unevenness(sample: Float64Array, bins: number): number {
  const found = new Float64Array(bins);
  for (const u of sample) found[Math.floor(u * bins)]++;
  const expected = sample.length / bins;
  const chiSquare = found.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const spread = 2 / (9 * (bins - 1));
  return (Math.cbrt(chiSquare / (bins - 1)) - (1 - spread)) / Math.sqrt(spread);
}

describe.each(GENERATORS)("%s: the streams of a seed are independent", (name) => {
  const source = uniformSource(SEED, name);
  const first = (key: Key): number => draw(source, key, 1)[0];

  test("no two keys start with the same uniform", () => {
    // 2^15 keys out of 2^53 uniforms: the chance of any pair being equal is 2^(30 − 1 − 53) = 6e-8.
    const seen = new Set<number>();
    for (let stream = 0; stream < 512; stream++) {
      for (let block = 0; block < 32; block++) {
        seen.add(first([stream, block, COUNTS]));
        seen.add(first([stream, block, SEVERITIES]));
      }
    }
    expect(seen.size).toBe(2 * 512 * 32);
  });

  test("a key is not its words in another order, nor another seed's", () => {
    const keys = [first([0, 1, 0]), first([1, 0, 0]), first([0, 0, 1]), first([0, 0, 0]), first([1, 1, 0])];
    expect(
      new Set([...keys, ...["1", "4294967296"].map((seed) => draw(uniformSource(seed, name), [0, 0, 0], 1)[0])]).size,
    ).toBe(7);
  });

  // 2^18 pairs: a correlation of 0.01 would be 5 standard deviations.
  test.each<{ neighbours: string; next: (key: Key) => Key }>([
    { neighbours: "streams", next: ([stream, block, purpose]) => [stream + 1, block, purpose] },
    { neighbours: "blocks", next: ([stream, block, purpose]) => [stream, block + 1, purpose] },
    { neighbours: "purposes", next: ([stream, block]) => [stream, block, SEVERITIES] },
  ])("neighbouring $neighbours are uncorrelated", ({ next }) => {
    const one = new Float64Array(2 ** 18);
    const other = new Float64Array(2 ** 18);
    for (let i = 0; i < 64; i++) {
      const key: Key = [3 * i, 5 * i, COUNTS];
      one.set(draw(source, key, 4096), i * 4096);
      other.set(draw(source, next(key), 4096), i * 4096);
    }
    expect(Math.abs(correlation(one, other))).toBeLessThan(SIGMAS);
  });

  // What a poor mixing of keys would show first: the same place of one stream after the other.
  test.each<{ along: string; key: (i: number) => Key }>([
    { along: "streams", key: (i) => [i, 11, COUNTS] },
    { along: "blocks", key: (i) => [11, i, SEVERITIES] },
  ])("the first uniforms along $along are uniform and uncorrelated", ({ key }) => {
    const firsts = Float64Array.from({ length: 2 ** 16 + 1 }, (_, i) => first(key(i)));
    expect(Math.abs(correlation(firsts.subarray(0, -1), firsts.subarray(1)))).toBeLessThan(SIGMAS);
    expect(Math.abs(unevenness(firsts, 256))).toBeLessThan(SIGMAS);
  });

  // 2^20 uniforms in 1,024 bins: all bins off by 1.4 %, or one by 45 %, would be 4.5 standard deviations.
  test("the uniforms of many streams are uniform", () => {
    const many = new Float64Array(2 ** 20);
    for (let i = 0; i < 256; i++) many.set(draw(source, [i % 16, Math.floor(i / 16), SEVERITIES], 4096), i * 4096);
    expect(Math.abs(unevenness(many, 1024))).toBeLessThan(SIGMAS);
  });
});
