import { compiledModule } from "../compiled-module.ts";
import { type Generator, type GeneratorName, TRIALS_PER_WORD } from "./generator.ts";
import { RANDOM_WASM } from "./random-wasm.ts";

interface RandomExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly useSfc64: () => void;
  readonly seed: () => void;
  readonly setPool: (constant: number) => void;
  readonly seek: (stream: number, block: number, purpose: number) => void;
  readonly fill: (count: number) => void;
  readonly fillTrials: (words: number) => void;
}

/** The module also mixes the keys of streams: what NumPy's SeedSequence does takes JavaScript as long as 15 draws. */
export interface CompiledGenerator extends Generator {
  /** Takes the pool of a seed and the hash constant that comes after it (`seedPool`), for all later `seek`s. */
  readonly setPool: (pool: Uint32Array, constant: number) => void;
  /** Starts the stream of a key of three words. */
  readonly seek: (stream: number, block: number, purpose: number) => void;
}

/**
 * The sizes in which uniforms are made and copied out: up to 32 kB, which fit the first-level cache and the module's one
 * page. `set` beats a loop (3.2 against 4.8 ns a draw, making them included) but needs a view of just the right length,
 * which would be garbage after each call; hence one view of each size.
 */
const PIECES = [4096, 2048, 1024, 512, 256, 128, 64];
const SMALLEST_PIECE = 64;
const SEED_WORDS_AT = 0;
const DRAWN_AT = 64;
/** Words whose trials are made at a time: 40 kB. */
const MOST_WORDS = 4096;

/**
 * A generator in WebAssembly, bit for bit `plainPcg64` or `plainSfc64`; null where the host has no WebAssembly with SIMD or
 * refuses it.
 */
export function compiledGenerator(name: GeneratorName): CompiledGenerator | null {
  const exports = compiledModule(RANDOM_WASM) as RandomExports | null;
  if (exports === null) return null;
  if (name === "sfc64") exports.useSfc64();
  const { memory, seed, setPool, seek, fill, fillTrials } = exports;
  const pieces = PIECES.map((length) => new Float64Array(memory.buffer, DRAWN_AT, length));
  const uniforms = pieces[0];
  const trials = new Uint16Array(memory.buffer, DRAWN_AT, MOST_WORDS * TRIALS_PER_WORD);
  const seedWords = new Uint32Array(memory.buffer, SEED_WORDS_AT, 8);
  return {
    seedWords,
    seed,
    setPool(pool, constant) {
      seedWords.set(pool);
      setPool(constant);
    },
    seek,
    uniforms,
    trials,
    draw: fill,
    drawTrials: (count) => fillTrials(Math.ceil(count / TRIALS_PER_WORD)),
    fill(out, count) {
      let done = 0;
      let size = 0;
      while (count - done >= SMALLEST_PIECE) {
        while (pieces[size].length > count - done) size++;
        const piece = pieces[size];
        fill(piece.length);
        out.set(piece, done);
        done += piece.length;
      }
      const rest = count - done;
      fill(rest);
      for (let i = 0; i < rest; i++) out[done + i] = uniforms[i];
    },
    fillTrials(out, count) {
      for (let done = 0; done < count; done += trials.length) {
        const size = Math.min(count - done, trials.length);
        fillTrials(Math.ceil(size / TRIALS_PER_WORD));
        for (let i = 0; i < size; i++) out[done + i] = trials[i];
      }
    },
  };
}
