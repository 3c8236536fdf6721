/** How much work a run is: a name for a number of trials, to be overridden by anything more explicit. */
export const PRESETS = {
  /** A first look: VaR 99 % to a few per cent. */
  quick: { trials: 10_000 },
  /** Everyday pricing and reserving. */
  standard: { trials: 100_000 },
  /** Capital: tail figures at 99.5 % to a fraction of a per cent. */
  precise: { trials: 1_000_000 },
  /** Far tails. */
  huge: { trials: 10_000_000 },
} as const;

export type PresetName = keyof typeof PRESETS;

export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];
