import type { TunedProfile } from "@lossmill/harness/tune";

/**
 * What runs cost where nothing was measured: what `lossmill tune` found on an Intel Xeon (model 207) with two virtual cores that
 * share their units, Node 26, on 2026-11-28.
 */
export const BUILT_IN: TunedProfile = {
  format: 1,
  kernels: {
    wasm: {
      start: 0.0575,
      lines: 1.11e-5,
      firstCurve: 0.0925,
      curves: 0.000416,
      tables: 0.00575,
      trials: 7.76e-8,
      blocks: 0,
      lineBlocks: 1.62e-7,
      aggregateBlocks: 3.52e-5,
      placements: 2.35e-8,
      claims: 1.4e-8,
    },
    vectorized: {
      start: 0.0666,
      lines: 1.43e-5,
      firstCurve: 0.105,
      curves: 0.000393,
      tables: 0.0106,
      trials: 1.12e-7,
      blocks: 0,
      lineBlocks: 4.1e-7,
      aggregateBlocks: 1.7e-5,
      placements: 4.37e-8,
      claims: 2e-8,
    },
  },
  threads: { start: 0.375, perThread: 0, efficiency: 0.74 },
  batchTrials: null,
};
