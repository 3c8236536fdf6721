import { type Generator, TRIALS_PER_WORD } from "./generator.ts";

/** What makes the words of a generator in plain JavaScript. */
export interface Words {
  readonly seedWords: Uint32Array;
  readonly seed: () => void;
  /** The last 64-bit word drawn, its low half first. */
  readonly word: Uint32Array;
  /** Draws the next word. */
  readonly step: () => void;
}

/** A generator in plain JavaScript, to be seeded before use. */
export type PlainGenerator = Generator & Words;

/** The most that `draw` and `drawTrials` take. */
const MOST_DRAWN = 4096;

const PER_2_32 = 1 / 0x100000000;
const PER_2_53 = 1 / 0x20000000000000;
/** What a uniform of 0 is read as, so that no quantile is asked for at 0: half of the smallest other uniform. */
const ZERO_READ_AS = PER_2_53 / 2;

/** Uniforms and trials of words. */
export function plainGenerator(words: Words): PlainGenerator {
  const { word, step } = words;
  const uniforms = new Float64Array(MOST_DRAWN);
  const trials = new Uint16Array(MOST_DRAWN);

  function fill(out: Float64Array, count: number): void {
    for (let i = 0; i < count; i++) {
      step();
      const uniform = word[1] * PER_2_32 + (word[0] >>> 11) * PER_2_53;
      out[i] = uniform === 0 ? ZERO_READ_AS : uniform;
    }
  }

  function fillTrials(out: Uint16Array, count: number): void {
    for (let i = 0; i < count; i += TRIALS_PER_WORD) {
      step();
      const [low, high] = word;
      // Bits 0, 12, 24 (eight in the low half, four in the high), 36 and 48.
      const five = [low, low >>> 12, (low >>> 24) | (high << 8), high >>> 4, high >>> 16];
      for (let j = 0; j < TRIALS_PER_WORD && i + j < count; j++) out[i + j] = five[j] & 0xfff;
    }
  }

  return {
    ...words,
    uniforms,
    trials,
    draw: (count) => fill(uniforms, count),
    drawTrials: (count) => fillTrials(trials, count),
    fill,
    fillTrials,
  };
}
