import type { TunedProfile } from "@lossmill/harness/tune";

/**
 * What runs cost where nothing was measured: what `lossmill tune --rounds 7`, of the published package, found on an AMD EPYC
 * (Zen 5), a virtual machine of two cores, with Node 26 on 2026-11-30, in an hour when its memory was as quick as most
 * machines'; of what a second thread gains, which changed from 0.4 to 1.0 with what else ran there, the middle of nine such runs.
 */
export const BUILT_IN: TunedProfile = {
  format: 1,
  kernels: {
    wasm: {
      start: 0.0128,
      firstLines: 0.0124,
      lines: 4.09e-6,
      kinds: 0.00103,
      firstCurves: 0.0281,
      curves: 2.69e-4,
      firstTables: 0.0259,
      tables: 0,
      trials: 4.31e-8,
      lineBlocks: 2.12e-7,
      settled: 2.32e-9,
      placements: 9.09e-9,
      claims: 3.38e-9,
    },
    vectorized: {
      start: 0.0148,
      firstLines: 0.0191,
      lines: 5.34e-6,
      kinds: 0.00108,
      firstCurves: 0.04,
      curves: 2.41e-4,
      firstTables: 0.0508,
      tables: 0,
      trials: 4.32e-8,
      lineBlocks: 2.75e-7,
      settled: 3.27e-9,
      placements: 1.75e-8,
      claims: 5.67e-9,
    },
  },
  threads: { start: 0.06, perThread: 0, efficiency: 0.65 },
  batchTrials: null,
};
