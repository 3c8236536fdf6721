import { readFile } from "node:fs/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { RANDOM, generated } from "../../assembly/build.ts";
import { compiledGenerator } from "../../src/random/compiled-generator.ts";
import { GENERATORS, type GeneratorName } from "../../src/random/generator.ts";
import { plainPcg64 } from "../../src/random/pcg64.ts";
import { RANDOM_WASM } from "../../src/random/random-wasm.ts";
import { uniformSource } from "../../src/random/uniforms.ts";
import { bitsOf, uniforms } from "./vectors.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const KEYS: readonly (readonly [number, number, 0 | 1])[] = [
  [12, 345, 1],
  [0, 0, 0],
  [4_294_967_295, 2_147_483_648, 1],
];

function draw(generator: GeneratorName, count: number): bigint[] {
  const source = uniformSource("2027", generator);
  return KEYS.flatMap((key) => {
    source.seek(...key);
    return bitsOf(uniforms(source, count));
  });
}

function accept(): object {
  return {};
}

function refuse(): never {
  throw new Error("refused");
}

test("the committed module is what the compiler makes of assembly/random.ts, and small", async () => {
  const committed = await readFile(new URL("../../src/random/random-wasm.ts", import.meta.url), "utf8");
  expect(committed).toBe(await generated(RANDOM));
  expect(atob(RANDOM_WASM).length).toBeLessThanOrEqual(2560);
});

describe.each(GENERATORS)("%s", (name) =>
  test.each([
    ["lacks WebAssembly", undefined],
    ["refuses to compile", { Module: refuse, Instance: accept }],
    ["refuses memory", { Module: accept, Instance: refuse }],
  ])("a host that %s gets the plain generator and the same bits", (_what, host) => {
    const expected = draw(name, 10_000);
    expect(compiledGenerator(name)).not.toBeNull();
    vi.stubGlobal("WebAssembly", host);
    expect(compiledGenerator(name)).toBeNull();
    expect(draw(name, 10_000)).toEqual(expected);
  }),
);

/** The eight words that start a stream in a state and with an increment, 128 bits each: the inverse of NumPy's seeding. */
function seedWordsOf(state: bigint, increment: bigint): number[] {
  const modulus = 1n << 128n;
  const multiplier = 0x2360ed051fc65da44385df649fccf645n;
  // Newton's iteration doubles the digits of an inverse modulo a power of 2.
  let inverse = 1n;
  for (let i = 0; i < 8; i++) inverse = (inverse * (2n - multiplier * inverse)) % modulus;
  const start = (((state - increment) * inverse - increment) % modulus) + 2n * modulus;
  const wordsOf = (value: bigint) => [64n, 96n, 0n, 32n].map((at) => Number((value >> at) & 0xffffffffn));
  return [...wordsOf(start % modulus), ...wordsOf(increment >> 1n)];
}

test("carries at both ends of what halves of a state and of an increment can be", () => {
  const ends = [0n, 1n, 0xfffffffen, 0xffffffffn];
  const lows = ends.flatMap((high) => ends.map((low) => (high << 32n) | low));
  const generators = [plainPcg64(), compiledGenerator("pcg64")!];
  const found = generators.map((generator) =>
    lows.flatMap((low) =>
      lows.map((increment) => {
        generator.seedWords.set(seedWordsOf((0x123456789abcdefn << 64n) | low, (0x5a5a5a5an << 64n) | increment | 1n));
        generator.seed();
        generator.draw(4);
        return bitsOf(generator.uniforms.slice(0, 4)).join();
      }),
    ),
  );
  expect(found[1]).toEqual(found[0]);
  expect(new Set(found[0]).size).toBeGreaterThan(100);
});

test("a stream is in the state that it was started for", () => {
  const state = (0xffffffffffffffffn << 64n) | 0xfffffffffffffffen;
  const increment = 3n;
  const next = (state * 0x2360ed051fc65da44385df649fccf645n + increment) & ((1n << 128n) - 1n);
  const [high, low] = [next >> 64n, next & 0xffffffffffffffffn];
  const turned = (high ^ low) & 0xffffffffffffffffn;
  const by = high >> 58n;
  const word = ((turned >> by) | (turned << (64n - by))) & 0xffffffffffffffffn;
  const generator = compiledGenerator("pcg64")!;
  generator.seedWords.set(seedWordsOf(state, increment));
  generator.seed();
  generator.draw(1);
  expect(generator.uniforms[0]).toBe(Number(word >> 11n) * 2 ** -53);
});
