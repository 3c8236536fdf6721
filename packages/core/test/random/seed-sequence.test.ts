import { describe, expect, test } from "vitest";
import { LossmillError } from "../../src/errors.ts";
import { plainPcg64 } from "../../src/random/pcg64.ts";
import {
  drawSeed,
  generateState,
  mixEntropy,
  mixWord,
  parseSeed,
  POOL_SIZE,
  seedPool,
} from "../../src/random/seed-sequence.ts";
import { plainSfc64 } from "../../src/random/sfc64.ts";
import { entropyWords, hex64, vectors } from "./vectors.ts";

/** NumPy's SeedSequence(entropy, spawn_key=…, pool_size=…): its pool. */
function poolOf(entropy: readonly number[], spawnKey: readonly number[], poolSize: number): Uint32Array {
  const pool = new Uint32Array(poolSize);
  let constant = mixEntropy(pool, entropy);
  for (const word of [...entropy.slice(poolSize), ...spawnKey]) constant = mixWord(pool, constant, word);
  return pool;
}

function state64(pool: Uint32Array, count: number): string[] {
  const words = new Uint32Array(2 * count);
  generateState(pool, words);
  return Array.from({ length: count }, (_, i) => hex64(words, 2 * i));
}

describe("NumPy's SeedSequence", () => {
  test.each(vectors.seedSequence)("entropy $entropy, key $spawnKey, pool of $poolSize", (row) => {
    const pool = poolOf(entropyWords(row.entropy), entropyWords(row.spawnKey), row.poolSize);
    expect([...pool]).toEqual(row.pool.map(Number));
    const state32 = new Uint32Array(row.state32.length);
    generateState(pool, state32);
    expect([...state32]).toEqual(row.state32.map(Number));
    expect(state64(pool, row.state64.length)).toEqual(row.state64);
  });

  test.each(vectors.spawn)("seed $entropy, $how: state and first words of both generators", (row) => {
    const pool = poolOf([...parseSeed(BigInt(row.entropy).toString())], row.spawnKey, POOL_SIZE);
    expect(state64(pool, row.state64.length)).toEqual(row.state64);
    for (const [generator, due] of [
      [plainPcg64(), row.raw.PCG64],
      [plainSfc64(), row.raw.SFC64],
    ] as const) {
      generateState(pool, generator.seedWords);
      generator.seed();
      const raw = due.map(() => {
        generator.step();
        return hex64(generator.word, 0);
      });
      expect(raw).toEqual(due);
    }
  });
});

describe("a seed's pool", () => {
  const whole = vectors.seedSequence.filter(
    ({ entropy, poolSize, spawnKey }) =>
      poolSize === POOL_SIZE && spawnKey.length === 0 && entropyWords(entropy).length <= POOL_SIZE,
  );

  test("is NumPy's", () => {
    expect(whole.length).toBeGreaterThan(2);
    for (const { entropy, pool } of whole) {
      const seed = entropyWords(entropy).reduceRight((value, word) => (value << 32n) | BigInt(word), 0n);
      expect([...seedPool(seed.toString()).pool]).toEqual(pool.map(Number));
    }
  });

  test.each(vectors.spawn)("and its constant: seed $entropy, $how goes on with its key", (row) => {
    const { pool, constant } = seedPool(BigInt(row.entropy).toString());
    row.spawnKey.reduce((next, word) => mixWord(pool, next, word), constant);
    expect(state64(pool, row.state64.length)).toEqual(row.state64);
  });

  test("is refused for what is no seed", () => {
    expect(() => seedPool("x")).toThrow(/seed: "x" is not a whole number/);
  });
});

describe("a seed", () => {
  test.each([
    ["0", [0, 0, 0, 0]],
    ["42", [42, 0, 0, 0]],
    ["0000000000000000000000000000000000000000000000042", [42, 0, 0, 0]],
    ["4294967296", [0, 1, 0, 0]],
    ["340282366920938463463374607431768211455", [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff]],
  ])("%s is 128 bits, low word first", (text, words) => {
    expect([...parseSeed(text)]).toEqual(words);
  });

  test.each(["", "-1", "+1", "1.0", "1e3", "0x2a", " 42", "42\n", "٤٢", "340282366920938463463374607431768211456"])(
    "%j is refused at its place",
    (text) => {
      const refusal = new LossmillError("BAD_CONFIGURATION", {
        place: "seed",
        message: `${JSON.stringify(text)} is not a whole number from 0 to 2^128 - 1 in decimal digits`,
      });
      expect(() => parseSeed(text)).toThrow(refusal);
    },
  );

  test("a refused seed of a million digits makes one short line", () => {
    let error: unknown;
    try {
      parseSeed("9".repeat(1_000_000));
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ code: "BAD_CONFIGURATION", faults: [{ place: "seed" }] });
    expect((error as LossmillError).message.length).toBeLessThan(200);
  });

  test("that is drawn can be read, and is another one each time", () => {
    const seeds = Array.from({ length: 64 }, drawSeed);
    expect(new Set(seeds).size).toBe(64);
    for (const seed of seeds) expect(seed).toMatch(/^(0|[1-9]\d*)$/);
    // Every one of the 128 bits is set in some of the seeds: the chance of a fault here is 128 · 2^-64.
    const union = seeds.map(parseSeed).reduce((all, words) => all.map((word, i) => word | words[i]));
    expect([...union]).toEqual([0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff]);
  });
});
