import type { TunedProfile } from "@lossmill/harness/tune";

/**
 * What runs cost where nothing was measured: what `lossmill tune --rounds 7`, of the published package, found on an AMD EPYC
 * (Zen 5), a virtual machine of two cores whose fresh memory is slow, with Node 26 on 2026-11-30; of
 * threads, whose gain changed from 0.4 to 1.0 with what else ran there, the middle of eight such runs.
 */
export const BUILT_IN: TunedProfile = {
  format: 1,
  kernels: {
    wasm: {
      start: 0.0356,
      firstLines: 0.032,
      lines: 9.24e-6,
      kinds: 0.00298,
      firstCurves: 0.0284,
      curves: 5.71e-4,
      firstTables: 0.113,
      tables: 0,
      trials: 1.39e-7,
      lineBlocks: 3.72e-7,
      settled: 3.28e-9,
      placements: 1.18e-8,
      claims: 5.09e-9,
    },
    vectorized: {
      start: 0.043,
      firstLines: 0.0392,
      lines: 1.4e-5,
      kinds: 0.0039,
      firstCurves: 0.054,
      curves: 5.44e-4,
      firstTables: 0.166,
      tables: 0,
      trials: 1.45e-7,
      lineBlocks: 5.04e-7,
      settled: 4.88e-9,
      placements: 2.78e-8,
      claims: 6.51e-9,
    },
  },
  threads: { start: 0.15, perThread: 0, efficiency: 0.65 },
  batchTrials: null,
};
