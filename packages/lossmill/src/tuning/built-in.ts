import type { TunedProfile } from "@lossmill/harness/tune";

/**
 * What runs cost where nothing was measured: an Intel Xeon (model 207) with 2 virtual cores, Node 26, by `lossmill tune`;
 * threads as on cores of their own.
 */
export const BUILT_IN: TunedProfile = {
  format: 1,
  kernels: {
    wasm: {
      start: 0.045,
      lines: 2.8e-5,
      firstCurve: 0.05,
      curves: 7e-4,
      tables: 3e-4,
      trials: 0,
      blocks: 3e-5,
      lineBlocks: 1e-7,
      aggregateBlocks: 2.5e-5,
      placements: 1.5e-8,
      claims: 9e-9,
    },
    vectorized: {
      start: 0.12,
      lines: 4e-5,
      firstCurve: 0.05,
      curves: 7e-4,
      tables: 3e-4,
      trials: 0,
      blocks: 3e-5,
      lineBlocks: 2e-7,
      aggregateBlocks: 2.5e-5,
      placements: 1.5e-8,
      claims: 2e-8,
    },
  },
  threads: { start: 0.15, perThread: 0.03, efficiency: 0.85 },
  batchTrials: null,
};
