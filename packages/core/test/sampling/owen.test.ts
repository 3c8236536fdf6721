import { expect, test } from "vitest";
import { plainPcg64 } from "../../src/random/pcg64.ts";
import { reverseBits, scrambleReversed } from "../../src/sampling/owen.ts";
import { scrambledWords } from "./vectors.ts";

const SIGMAS = 4.5;

function scramble(word: number, addend: number, factor: number): number {
  return reverseBits(scrambleReversed(reverseBits(word), addend, factor)) >>> 0;
}

const generator = plainPcg64();
generator.seedWords.set([1, 2, 3, 4, 5, 6, 7, 8]);
generator.seed();
function draw(): { addend: number; factor: number } {
  generator.step();
  return { addend: generator.word[1], factor: 2 * (generator.word[0] >>> 11) + 1 };
}

test("with the published factor it is the published hash", () => {
  expect(scrambledWords).toHaveLength(64);
  for (const [word, seed, expected] of scrambledWords) expect(scramble(word, seed, (seed >>> 16) | 1)).toBe(expected);
});

test("a digit depends on those before it alone, and flips one-to-one", () => {
  for (let i = 0; i < 2000; i++) {
    const { addend, factor } = draw();
    const [one, other] = [draw().addend, draw().addend >>> (i % 32)];
    const near = (one ^ other) >>> 0;
    const apart = scramble(one, addend, factor) ^ scramble(near, addend, factor);
    expect(Math.clz32(apart)).toBe(Math.clz32(one ^ near));
  }
});

/** Whether the digit behind `prefix` (of `length` digits) is flipped. */
function flip(prefix: number, length: number, by: { addend: number; factor: number }): number {
  const word = length === 0 ? 0 : (prefix << (32 - length)) >>> 0;
  return (scramble(word, by.addend, by.factor) >>> (31 - length)) & 1;
}

test("flips are fair, and those behind any two of the first prefixes independent", () => {
  const prefixes = [0, 1, 2, 3, 4, 5].flatMap((length) =>
    Array.from({ length: 2 ** length }, (_, prefix) => ({ prefix, length })),
  );
  const rounds = 4096;
  const sums = prefixes.map(() => 0);
  const products = prefixes.map(() => prefixes.map(() => 0));
  for (let round = 0; round < rounds; round++) {
    const by = draw();
    const signs = prefixes.map(({ prefix, length }) => 1 - 2 * flip(prefix, length, by));
    signs.forEach((sign, i) => {
      sums[i] += sign;
      for (let j = 0; j < i; j++) products[i][j] += sign * signs[j];
    });
  }
  const allowed = SIGMAS * Math.sqrt(rounds);
  expect(sums.filter((sum) => Math.abs(sum) > allowed)).toEqual([]);
  expect(products.flat().filter((product) => Math.abs(product) > allowed)).toEqual([]);
});

test("over all addends of 16 digits each word of 16 digits comes once, whatever the factor", () => {
  for (const factor of [1, 0x3fffff, 0x155555, 77_777]) {
    const seen = new Set<number>();
    for (let addend = 0; addend < 65_536; addend++) seen.add(scramble(0xdeadbeef, addend, factor) >>> 16);
    expect(seen.size).toBe(65_536);
  }
});
