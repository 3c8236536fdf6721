import { LossmillError } from "../errors.ts";
import { compiledGenerator } from "./compiled-generator.ts";
import { GENERATORS, type Generator, type GeneratorName } from "./generator.ts";
import { plainPcg64 } from "./pcg64.ts";
import { generateState, mixWord, POOL_SIZE, seedPool } from "./seed-sequence.ts";
import { plainSfc64 } from "./sfc64.ts";

/** Purpose of the uniforms that decide how many claims a trial has. */
export const COUNTS = 0;
/** Purpose of the uniforms that decide how large the claims are. */
export const SEVERITIES = 1;

/**
 * All the uniforms of a seed: `fill` and `draw` give NumPy's `random()`, with 0 read as 2^-54, `fillTrials` and `drawTrials` trials
 * of a block, 0 to 4,095, from words of 64 bits: five of 12 bits a word, low bits first, the top 4 bits unused. Not to be shared
 * between threads: it has one position.
 */
export interface UniformSource extends Omit<Generator, "seedWords" | "seed"> {
  /**
   * Positions the source at the start of NumPy's PCG64(SeedSequence(seed, spawn_key = (stream, block, purpose))), or SFC64's.
   * `stream` and `block` are whole numbers below 2^32.
   */
  readonly seek: (stream: number, block: number, purpose: typeof COUNTS | typeof SEVERITIES) => void;
}

const PLAIN = { pcg64: plainPcg64, sfc64: plainSfc64 } as const;

/**
 * The uniforms of a seed in decimal digits, the same on every machine; `generator` is the plan's, PCG64 unless told. Nothing
 * here allocates. Throws BAD_CONFIGURATION for what is not a seed or not a generator.
 */
export function uniformSource(seed: string, generator: GeneratorName = "pcg64"): UniformSource {
  if (!GENERATORS.includes(generator)) {
    const message = `there is no ${JSON.stringify(generator)}; there are ${GENERATORS.join(", ")}`;
    throw new LossmillError("BAD_CONFIGURATION", { place: "generator", message });
  }
  const { pool, constant } = seedPool(seed);
  const compiled = compiledGenerator(generator);
  if (compiled !== null) {
    compiled.setPool(pool, constant);
    return compiled;
  }
  const plain = PLAIN[generator]();
  return { ...plain, seek: seekerOf(plain, pool, constant) };
}

function seekerOf(generator: Generator, seeded: Uint32Array, seedConstant: number): UniformSource["seek"] {
  const pool = new Uint32Array(POOL_SIZE);
  return (stream, block, purpose) => {
    for (let i = 0; i < POOL_SIZE; i++) pool[i] = seeded[i];
    let constant = mixWord(pool, seedConstant, stream);
    constant = mixWord(pool, constant, block);
    mixWord(pool, constant, purpose);
    generateState(pool, generator.seedWords);
    generator.seed();
  };
}
