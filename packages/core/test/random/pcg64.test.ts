import { describe, expect, test } from "vitest";
import { compiledGenerator } from "../../src/random/compiled-generator.ts";
import type { Generator } from "../../src/random/generator.ts";
import { plainPcg64 } from "../../src/random/pcg64.ts";
import type { PlainGenerator } from "../../src/random/plain-generator.ts";
import type { Drawn } from "./vectors.ts";
import { before, bitsOf, entropyWords, hex64, put, seedFrom, start, uniformOf, uniforms, vectors } from "./vectors.ts";

const seeded = vectors.seeded.filter((row) => row.bitGenerator === "PCG64");
const givenState = vectors.givenState.filter((row) => row.bitGenerator === "PCG64");
const testSets = vectors.numpyTestSets.cases.filter((row) => row.bitGenerator === "PCG64");

function words(generator: PlainGenerator, count: number): string[] {
  return Array.from({ length: count }, () => {
    generator.step();
    return hex64(generator.word, 0);
  });
}

/** All that a row says of the words that follow its initial state, which `restart` goes back to. */
function expectWords(row: Drawn, generator: PlainGenerator, restart: () => void): void {
  restart();
  const raw = words(generator, 1003);
  expect(raw.slice(0, row.raw.length)).toEqual(row.raw);
  expect(raw.slice(999)).toEqual(row.raw1000thTo1003rd);
  expect(raw.slice(8, 12)).toEqual(row.draw3ThenAdvance5);
  // NumPy hands out 32-bit numbers as halves of a word, the low half first.
  const halves = raw.flatMap((word) => [`0x${word.slice(10)}`, `0x${word.slice(2, 10)}`]);
  expect(halves.slice(0, row.uint32.length)).toEqual(row.uint32);
}

// NumPy leaves a 0 as it is.
const numpyUniform = (value: number): number => (value === 0 ? 2 ** -54 : value);

function expectUniforms(row: Drawn, generator: Generator): void {
  const drawn = uniforms(generator, 16);
  expect([...drawn.subarray(0, row.random.length)]).toEqual(row.random.map(numpyUniform));
  const bits = bitsOf(Float64Array.from(row.random.map(numpyUniform)));
  expect(bitsOf(drawn).slice(0, bits.length)).toEqual(bits);
  expect([...drawn.subarray(0, row.raw.length)]).toEqual(row.raw.slice(0, 16).map(uniformOf).map(numpyUniform));
}

describe("64-bit words of the plain generator", () => {
  test.each(seeded)("NumPy's, seed $seed", (row) => {
    const generator = plainPcg64();
    expectWords(row, generator, () => seedFrom(generator, entropyWords(row.seed)));
    expectWords(row, generator, () => put(generator, row.initialState));
  });

  test.each(givenState)("NumPy's, from state $initialState.state", (row) => {
    const generator = plainPcg64();
    expectWords(row, generator, () => put(generator, row.initialState));
  });

  test("NumPy's, from the states that it reaches by advance and jumped", () => {
    const generator = plainPcg64();
    const rows = [...seeded, ...givenState].flatMap((row) => [...row.advance, ...row.jumped]);
    expect(rows.length).toBeGreaterThan(100);
    for (const { state, raw } of rows) {
      put(generator, state);
      expect(words(generator, raw.length)).toEqual(raw);
    }
  });

  test.each(vectors.pcgReference.cases)("pcg-c's, initstate $initstate, initseq $initseq", (row) => {
    const generator = plainPcg64();
    start(generator, BigInt(row.initstate), BigInt(row.initseq));
    expect(words(generator, row.raw.length)).toEqual(row.raw);
    for (const { state, raw } of row.afterRawAdvance) {
      put(generator, { state, inc: row.inc });
      expect(words(generator, raw.length)).toEqual(raw);
    }
  });

  test.each(testSets)("NumPy's own test set, seed $seed", (row) => {
    const generator = plainPcg64();
    seedFrom(generator, entropyWords(row.seed));
    const raw = words(generator, row.count);
    expect(raw.slice(0, row.first.length)).toEqual(row.first);
    expect(raw.slice(-row.last.length)).toEqual(row.last);
    expect(raw.reduce((all, word) => all ^ BigInt(word), 0n)).toBe(BigInt(row.xorOfAll));
    expect(
      BigInt.asUintN(
        64,
        raw.reduce((all, word) => all + BigInt(word), 0n),
      ),
    ).toBe(BigInt(row.sumMod2p64));
  });

  test.skip("advance and jumped themselves: nothing here jumps, the states they lead to are tested above", () => {});
  test.skip("PCG64DXSM, Philox4x64 and Random123: generators that are not used here", () => {});
});

function compiled(): Generator {
  const generator = compiledGenerator("pcg64");
  if (generator === null) throw new Error("this engine has no WebAssembly");
  return generator;
}

describe.each([
  { name: "plain", create: plainPcg64 as () => Generator },
  { name: "compiled", create: compiled },
])("uniforms of the $name generator", ({ create }) => {
  test.each(seeded)("NumPy's random(), seed $seed", (row) => {
    const generator = create();
    seedFrom(generator, entropyWords(row.seed));
    expectUniforms(row, generator);
  });

  test.each(givenState)("NumPy's random(), from state $initialState.state", (row) => {
    const generator = create();
    put(generator, row.initialState);
    expectUniforms(row, generator);
  });

  test("from the states that NumPy reaches by advance and jumped", () => {
    const generator = create();
    for (const { state, raw } of [...seeded, ...givenState].flatMap((row) => [...row.advance, ...row.jumped])) {
      put(generator, state);
      expect([...uniforms(generator, raw.length)]).toEqual(raw.map(uniformOf).map(numpyUniform));
    }
  });

  // The word is the xor of the state's halves, here not rotated because the state's top six bits are 0.
  test.each([
    { word: 0n, uniform: 2 ** -54 },
    { word: 2n ** 11n - 1n, uniform: 2 ** -54 },
    { word: 2n ** 11n, uniform: 2 ** -53 },
    { word: 2n ** 64n - 1n, uniform: 1 - 2 ** -53 },
  ])("the word $word is read as $uniform", ({ word, uniform }) => {
    const high = 0x0123456789abcdefn;
    const state = `0x${((high << 64n) | (high ^ word)).toString(16)}`;
    const generator = create();
    put(generator, before({ state, inc: "0x5851f42d4c957f2d14057b7ef767814f" }));
    expect([...uniforms(generator, 1)]).toEqual([uniform]);
  });

  test("a rotated word of 0 is 2^-54 too", () => {
    const state = "0xfedcba9876543210fedcba9876543210";
    const generator = create();
    put(generator, before({ state, inc: "0x1" }));
    expect([...uniforms(generator, 1)]).toEqual([2 ** -54]);
  });
});

test("plain and compiled agree in every bit, however a stream is cut", () => {
  const count = 20_000;
  const plain = plainPcg64();
  const fast = compiled();
  for (const generator of [plain, fast]) seedFrom(generator, [2027, 1, 2, 3, 4, 5]);
  const expected = bitsOf(uniforms(plain, count));
  expect(bitsOf(uniforms(fast, count))).toEqual(expected);
  seedFrom(fast, [2027, 1, 2, 3, 4, 5]);
  const pieces: bigint[] = [];
  for (const size of [0, 1, 63, 64, 65, 127, 128, 4095, 4096, 4097, 0, 31, 3137])
    pieces.push(...bitsOf(uniforms(fast, size)));
  expect(pieces).toEqual(expected.slice(0, pieces.length));
});

test("fill writes only what it was asked for", () => {
  for (const generator of [plainPcg64(), compiled()]) {
    seedFrom(generator, [7]);
    const out = new Float64Array(200).fill(-1);
    generator.fill(out, 100);
    expect(out.subarray(0, 100).every((value) => value > 0 && value < 1)).toBe(true);
    expect(out.subarray(100).every((value) => value === -1)).toBe(true);
  }
});

describe("trials, five a word", () => {
  /** Bits 0, 12, 24, 36 and 48 of a word, twelve of each. */
  const fieldsOf = (word: string) => [0n, 12n, 24n, 36n, 48n].map((shift) => Number((BigInt(word) >> shift) & 0xfffn));

  test.each(seeded)("of NumPy's words, seed $seed, plain and compiled", (row) => {
    for (const generator of [plainPcg64(), compiledGenerator("pcg64")!]) {
      const restart = () => seedFrom(generator, entropyWords(row.seed));
      restart();
      const trials = new Uint16Array(5 * row.raw.length);
      generator.fillTrials(trials, trials.length);
      expect([...trials]).toEqual(row.raw.flatMap(fieldsOf));

      // What is left of a word is lost, and not a trial more is written.
      restart();
      const some = new Uint16Array(9).fill(9999);
      generator.fillTrials(some, 7);
      expect([...some]).toEqual([...trials.subarray(0, 7), 9999, 9999]);
      expect(uniforms(generator, 1)[0]).toBe(numpyUniform(uniformOf(row.raw[2])));
    }
  });

  test("draw and drawTrials give what fill and fillTrials do, and leave the stream where they do", () => {
    for (const generator of [plainPcg64(), compiledGenerator("pcg64")!]) {
      const taken = (take: (count: number) => number[], takeTrials: (count: number) => number[]) => {
        seedFrom(generator, [9, 8, 7]);
        return [1, 640, 3, 4096, 4095].flatMap((count) => [...take(count), ...takeTrials(count)]);
      };
      const filled = taken(
        (count) => [...uniforms(generator, count)],
        (count) => {
          const trials = new Uint16Array(count);
          generator.fillTrials(trials, count);
          return [...trials];
        },
      );
      const drawn = taken(
        (count) => {
          generator.draw(count);
          return [...generator.uniforms.subarray(0, count)];
        },
        (count) => {
          generator.drawTrials(count);
          return [...generator.trials.subarray(0, count)];
        },
      );
      expect(drawn).toEqual(filled);
    }
  });

  test("more than the module's memory holds at a time", () => {
    const [a, b] = [plainPcg64(), compiledGenerator("pcg64")!].map((generator) => {
      seedFrom(generator, [1, 2, 3, 4]);
      const trials = new Uint16Array(50_001);
      generator.fillTrials(trials, 50_001);
      return [...trials, uniforms(generator, 1)[0]];
    });
    expect(b).toEqual(a);
  });
});
