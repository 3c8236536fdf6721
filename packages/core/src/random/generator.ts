/** NumPy's generators that uniforms can come from: its default, and one that takes less than half the time (docs/numerics.md). */
export const GENERATORS = ["pcg64", "sfc64"] as const;

export type GeneratorName = (typeof GENERATORS)[number];

/** Trials of a block, 12 bits each, that one 64-bit word holds; its top four bits are not used. */
export const TRIALS_PER_WORD = 5;

/** A stream of uniforms. */
export interface Generator {
  /** Where the eight 32-bit words of `generateState` go before `seed` is called. */
  readonly seedWords: Uint32Array;
  /** Starts the stream that `seedWords` stands for. */
  readonly seed: () => void;
  /** Writes the next `count` uniforms, in (0, 1), to out[0..count). */
  readonly fill: (out: Float64Array, count: number) => void;
  /** Writes `count` trials of a block, five a word, low bits first, to out[0..count); the rest of the last word is lost. */
  readonly fillTrials: (out: Uint16Array, count: number) => void;
  /** What `draw` and `drawTrials` leave, until anything else is drawn. */
  readonly uniforms: Float64Array;
  readonly trials: Uint16Array;
  /** As `fill` and `fillTrials`, up to 4,096 of them, to `uniforms` and `trials`: nothing is copied. */
  readonly draw: (count: number) => void;
  readonly drawTrials: (count: number) => void;
}
