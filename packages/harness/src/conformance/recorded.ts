import type { CountRecord } from "./counts.ts";
import type { RandomVector } from "./random-vectors.ts";
import type { LossRecord } from "./record.ts";
import type { SampledRecord } from "./sampling.ts";
import type { TruthRecord } from "./truth.ts";

/** All that backends are held against (records.ts, written by tools/write-conformance-records.ts). */
export interface Recorded {
  readonly random: readonly RandomVector[];
  readonly counts: readonly CountRecord[];
  readonly losses: readonly LossRecord[];
  readonly sampling: readonly SampledRecord[];
  readonly truth: readonly TruthRecord[];
}
