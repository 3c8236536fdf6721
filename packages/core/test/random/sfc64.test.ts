import { describe, expect, test } from "vitest";
import { compiledGenerator } from "../../src/random/compiled-generator.ts";
import type { Generator } from "../../src/random/generator.ts";
import { plainSfc64 } from "../../src/random/sfc64.ts";
import { bitsOf, entropyWords, hex64, seedFrom, uniformOf, uniforms, vectors } from "./vectors.ts";

const seeded = vectors.seeded.filter((row) => row.bitGenerator === "SFC64");
const testSets = vectors.numpyTestSets.cases.filter((row) => row.bitGenerator === "SFC64");

function compiled(): Generator {
  const generator = compiledGenerator("sfc64");
  if (generator === null) throw new Error("this engine has no WebAssembly");
  return generator;
}

function words(entropy: readonly number[], count: number): string[] {
  const generator = plainSfc64();
  seedFrom(generator, entropy);
  return Array.from({ length: count }, () => {
    generator.step();
    return hex64(generator.word, 0);
  });
}

describe("64-bit words of the plain generator", () => {
  test.each(seeded)("NumPy's, seed $seed", (row) => {
    const raw = words(entropyWords(row.seed), 1003);
    expect(raw.slice(0, row.raw.length)).toEqual(row.raw);
    expect(raw.slice(999)).toEqual(row.raw1000thTo1003rd);
  });

  test.each(testSets)("NumPy's own test set, seed $seed", (row) => {
    const raw = words(entropyWords(row.seed), row.count);
    expect(raw.slice(0, row.first.length)).toEqual(row.first);
    expect(raw.slice(-row.last.length)).toEqual(row.last);
    let xor = 0n;
    let sum = 0n;
    for (const word of raw) {
      xor ^= BigInt(word);
      sum = BigInt.asUintN(64, sum + BigInt(word));
    }
    expect(xor).toBe(BigInt(row.xorOfAll));
    expect(sum).toBe(BigInt(row.sumMod2p64));
  });

  test.skip("from given states: no stream starts with another counter than 1", () => {});
});

describe.each([
  { name: "plain", create: plainSfc64 as () => Generator },
  { name: "compiled", create: compiled },
])("the $name generator", ({ create }) => {
  test.each(seeded)("NumPy's random(), seed $seed", (row) => {
    const generator = create();
    seedFrom(generator, entropyWords(row.seed));
    const drawn = uniforms(generator, 16);
    expect([...drawn.subarray(0, row.random.length)]).toEqual(row.random);
    expect([...drawn.subarray(0, row.raw.length)]).toEqual(row.raw.slice(0, 16).map(uniformOf));
  });

  /** Bits 0, 12, 24, 36 and 48 of a word, twelve of each. */
  const fieldsOf = (word: string) => [0n, 12n, 24n, 36n, 48n].map((shift) => Number((BigInt(word) >> shift) & 0xfffn));

  test.each(seeded)("trials of NumPy's words, seed $seed", (row) => {
    const generator = create();
    seedFrom(generator, entropyWords(row.seed));
    const trials = new Uint16Array(7);
    generator.fillTrials(trials, 7);
    expect([...trials]).toEqual(row.raw.slice(0, 2).flatMap(fieldsOf).slice(0, 7));
    // What is left of a word is lost, and not a word more is drawn.
    expect(uniforms(generator, 1)[0]).toBe(uniformOf(row.raw[2]));
  });
});

test("plain and compiled agree in every bit, however a stream is cut", () => {
  const generators = [plainSfc64(), compiled()];
  const [plain, fast] = generators.map((generator) => {
    seedFrom(generator, [2027, 1, 2, 3, 4, 5]);
    return bitsOf(uniforms(generator, 20_000));
  });
  expect(fast).toEqual(plain);
  seedFrom(generators[1], [2027, 1, 2, 3, 4, 5]);
  const sizes = [0, 1, 63, 64, 65, 127, 128, 4095, 4096, 4097, 0, 31, 3137];
  const pieces = sizes.flatMap((size) => bitsOf(uniforms(generators[1], size)));
  expect(pieces).toEqual(plain.slice(0, pieces.length));
});
