import { readFileSync } from "node:fs";
import type { Generator } from "../../src/random/generator.ts";
import { generateState, mixEntropy, mixWord } from "../../src/random/seed-sequence.ts";

/** The parts of fixtures/vectors/rng.json (NumPy 1.24.2, pcg-c) that say something about PCG64, SFC64 and SeedSequence. */
interface State {
  readonly state: string;
  readonly inc: string;
}

export interface Drawn extends Readonly<
  Record<"raw" | "randomBits" | "uint32" | "draw3ThenAdvance5", readonly string[]>
> {
  readonly bitGenerator: string;
  readonly initialState: State;
  readonly random: readonly number[];
  readonly raw1000thTo1003rd: readonly string[];
  readonly advance: readonly { readonly state: State; readonly raw: readonly string[] }[];
  readonly jumped: readonly { readonly state: State; readonly raw: readonly string[] }[];
}

type Entropy = string | readonly string[];

interface Vectors {
  readonly seeded: readonly (Drawn & { readonly seed: Entropy })[];
  readonly givenState: readonly Drawn[];
  readonly seedSequence: readonly {
    readonly entropy: Entropy;
    readonly spawnKey: readonly number[];
    readonly poolSize: number;
    readonly pool: readonly string[];
    readonly state32: readonly string[];
    readonly state64: readonly string[];
  }[];
  readonly spawn: readonly {
    readonly entropy: string;
    readonly how: string;
    readonly spawnKey: readonly number[];
    readonly state64: readonly string[];
    readonly raw: { readonly PCG64: readonly string[]; readonly SFC64: readonly string[] };
  }[];
  readonly pcgReference: {
    readonly cases: readonly {
      readonly initstate: string;
      readonly initseq: string;
      readonly inc: string;
      readonly raw: readonly string[];
      readonly afterRawAdvance: readonly { readonly state: string; readonly raw: readonly string[] }[];
    }[];
  };
  readonly numpyTestSets: {
    readonly cases: readonly {
      readonly bitGenerator: string;
      readonly seed: string;
      readonly count: number;
      readonly first: readonly string[];
      readonly last: readonly string[];
      readonly xorOfAll: string;
      readonly sumMod2p64: string;
    }[];
  };
}

export const vectors = JSON.parse(
  readFileSync(new URL("../../../../fixtures/vectors/rng.json", import.meta.url), "utf8"),
) as Vectors;

/** A whole number as NumPy takes it apart: 32-bit words, low word first, at least one. */
function wordsOf(value: bigint): number[] {
  const words = [];
  for (let left = value; words.length === 0 || left > 0n; left >>= 32n) words.push(Number(left & 0xffffffffn));
  return words;
}

/** Entropy or spawn keys, which may be one number or several of any size, as 32-bit words. */
export function entropyWords(entropy: Entropy | readonly number[]): number[] {
  return [entropy].flat().flatMap((part) => wordsOf(BigInt(part)));
}

export function hex64(words: ArrayLike<number>, at: number): string {
  return `0x${((BigInt(words[at + 1]) << 32n) | BigInt(words[at])).toString(16).padStart(16, "0")}`;
}

export function bitsOf(values: Float64Array): bigint[] {
  return [...new BigUint64Array(values.buffer, values.byteOffset, values.length)];
}

/** The next `count` uniforms of a generator or a source. */
export function uniforms({ fill }: Pick<Generator, "fill">, count: number): Float64Array {
  const out = new Float64Array(count);
  fill(out, count);
  return out;
}

/** Starts a generator from entropy, as NumPy does with SeedSequence(entropy). */
export function seedFrom(generator: Generator, entropy: readonly number[]): void {
  const pool = new Uint32Array(4);
  let constant = mixEntropy(pool, entropy);
  for (const word of entropy.slice(4)) constant = mixWord(pool, constant, word);
  generateState(pool, generator.seedWords);
  generator.seed();
}

/** NumPy's `random()` of a 64-bit word, by another route than the code under test. */
export function uniformOf(word: string): number {
  return Number(BigInt(word) >> 11n) / 2 ** 53;
}

const MASK = 2n ** 128n - 1n;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;

/** The inverse of an odd number modulo 2^128, by Newton's iteration. */
function inverse(odd: bigint): bigint {
  let x = odd;
  for (let i = 0; i < 7; i++) x = (x * (2n - odd * x)) & MASK;
  return x;
}

/** Starts a generator as pcg-c's `pcg64_srandom` and NumPy's seeding do. */
export function start(generator: Generator, initialState: bigint, sequence: bigint): void {
  for (const [i, value] of [initialState >> 64n, initialState, sequence >> 64n, sequence].entries()) {
    generator.seedWords[2 * i] = Number(value & 0xffffffffn);
    generator.seedWords[2 * i + 1] = Number((value >> 32n) & 0xffffffffn);
  }
  generator.seed();
}

/** Puts a generator into a state, by the seed words that lead to it: seeding is inc, plus the words, times, plus inc. */
export function put(generator: Generator, { state, inc }: State): void {
  const increment = BigInt(inc);
  const initialState = ((BigInt(state) - increment) * inverse(MULTIPLIER) - increment) & MASK;
  start(generator, initialState, increment >> 1n);
}

/** The state one step before `state`. */
export function before({ state, inc }: State): State {
  const last = ((BigInt(state) - BigInt(inc)) * inverse(MULTIPLIER)) & MASK;
  return { state: `0x${last.toString(16)}`, inc };
}
