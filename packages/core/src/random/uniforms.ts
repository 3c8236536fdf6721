import { compiledPcg64 } from "./compiled-pcg64.ts";
import { plainPcg64 } from "./pcg64.ts";
import { generateState, mixWord, POOL_SIZE, seedPool } from "./seed-sequence.ts";

/** Purpose of the uniforms that decide how many claims a trial has. */
export const COUNTS = 0;
/** Purpose of the uniforms that decide how large the claims are. */
export const SEVERITIES = 1;

/** All the uniforms of a seed. Not to be shared between threads: it has one position. */
export interface UniformSource {
  /**
   * Positions the source at the start of NumPy's PCG64(SeedSequence(seed, spawn_key = (stream, block, purpose))).
   * `stream` and `block` are whole numbers below 2^32.
   */
  readonly seek: (stream: number, block: number, purpose: typeof COUNTS | typeof SEVERITIES) => void;
  /** Writes the next `count` uniforms to out[0..count): NumPy's `random()`, with 0 read as 2^-54. */
  readonly fill: (out: Float64Array, count: number) => void;
  /**
   * Writes `count` trials of a block, 0 to 4,095, to out[0..count), from ⌈count / 5⌉ words of 64 bits: five trials of 12
   * bits a word, low bits first, the top 4 bits unused.
   */
  readonly fillTrials: (out: Uint16Array, count: number) => void;
}

/**
 * The uniforms of a seed in decimal digits, the same on every machine. `seek` costs about as much as 20 draws; neither it
 * nor `fill` allocates. Throws BAD_CONFIGURATION for what is not a seed.
 */
export function uniformSource(seed: string): UniformSource {
  const { pool: seeded, constant: seedConstant } = seedPool(seed);
  const pool = new Uint32Array(POOL_SIZE);
  const generator = compiledPcg64() ?? plainPcg64();
  return {
    seek(stream, block, purpose) {
      for (let i = 0; i < POOL_SIZE; i++) pool[i] = seeded[i];
      let constant = mixWord(pool, seedConstant, stream);
      constant = mixWord(pool, constant, block);
      mixWord(pool, constant, purpose);
      generateState(pool, generator.seedWords);
      generator.seed();
    },
    fill: generator.fill,
    fillTrials: generator.fillTrials,
  };
}
