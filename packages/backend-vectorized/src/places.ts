import {
  COUNT,
  COUNTS,
  type CompiledPlan,
  type CountLookup,
  type Line,
  PLACES,
  type Placement,
  SIZES,
  TRIALS_PER_WORD,
  type UniformSource,
  tableAt,
} from "@lossmill/core";
import { CHUNK } from "./amounts.ts";

/** Takes the next `n` claims, at most CHUNK: their trials are the first `n` of `trials`, in the order drawn. */
export type TakeClaims = (n: number, trials: Uint16Array) => void;

/** Changes the first `n` uniforms, those of the counts of trials `first` on of a copy of line `line`, where the plan's sampling does. */
export type DriveCounts = (line: number, first: number, n: number, uniforms: Float64Array) => void;

/** Lists the trials of a copy's claims, a chunk at a time. */
export interface Places {
  /**
   * Draws where the claims of a copy of line `index` fall; `trialCount` are those of the block that are asked for. Returns
   * what was drawn.
   */
  draw(line: Line, index: number, stream: number, block: number, trialCount: number): number;
}

/**
 * The three placements (docs/numerics.md). `counting` and `sizing` are two sources of the same uniforms: sizes of clusters
 * come after all their places, and the list is not kept whole.
 */
export function placesOf(
  compiled: CompiledPlan,
  toCounts: CountLookup,
  counting: UniformSource,
  sizing: UniformSource,
  drive: DriveCounts,
  take: TakeClaims,
): Places {
  const trials = new Uint16Array(CHUNK);
  const picked = counting.trials;
  const counts = new Float64Array(CHUNK);
  const one = new Float64Array(1);
  let waiting = 0;

  function list(t: number, count: number): void {
    for (let left = count; left > 0;) {
      const taken = Math.min(left, CHUNK - waiting);
      const end = waiting + taken;
      while (waiting < end) trials[waiting++] = t;
      left -= taken;
      if (waiting < CHUNK) return;
      take(CHUNK, trials);
      waiting = 0;
    }
  }

  function drawOne(line: number, table: typeof PLACES | typeof SIZES): number {
    counting.fill(one, 1);
    toCounts(line, table, one, 1);
    return one[0];
  }

  /** A count for each trial. */
  function perTrial(index: number, trialCount: number): number {
    for (let first = 0; first < trialCount; first += CHUNK) {
      const n = Math.min(CHUNK, trialCount - first);
      counting.fill(counts, n);
      drive(index, first, n, counts);
      toCounts(index, PLACES, counts, n);
      for (let i = 0; i < n; i++) if (counts[i] > 0) list(first + i, counts[i]);
    }
    return trialCount;
  }

  /** The trials before the next with claims, its count, and so on; the gap that leaves the block is drawn. */
  function skip(index: number, trialCount: number): number {
    let hits = 0;
    for (let t = drawOne(index, PLACES); t < trialCount; t += 1 + drawOne(index, PLACES)) {
      list(t, drawOne(index, SIZES));
      hits++;
    }
    return 2 * hits + 1;
  }

  /** The number of the block's clusters, the trial of each, and the size of each where it has one. Always the whole block. */
  function scatter(index: number, stream: number, block: number): number {
    const clusters = drawOne(index, PLACES);
    const draws = 1 + Math.ceil(clusters / TRIALS_PER_WORD);
    if (compiled.counts[tableAt(index, SIZES) + COUNT.length] === 0) {
      for (let first = 0; first < clusters; first += CHUNK) {
        const n = Math.min(CHUNK, clusters - first);
        counting.drawTrials(n);
        take(n, counting.trials);
      }
      return draws;
    }
    sizing.seek(stream, block, COUNTS);
    sizing.fill(one, 1);
    for (let first = 0; first < clusters; first += CHUNK) sizing.drawTrials(Math.min(CHUNK, clusters - first));
    for (let first = 0; first < clusters; first += CHUNK) {
      const n = Math.min(CHUNK, clusters - first);
      counting.drawTrials(n);
      sizing.fill(counts, n);
      toCounts(index, SIZES, counts, n);
      for (let i = 0; i < n; i++) list(picked[i], counts[i]);
    }
    return draws + clusters;
  }

  const draws: Record<Placement, (index: number, stream: number, block: number, trialCount: number) => number> = {
    perTrial: (index, _stream, _block, trialCount) => perTrial(index, trialCount),
    skip: (index, _stream, _block, trialCount) => skip(index, trialCount),
    scatter,
  };
  return {
    draw({ placement }, index, stream, block, trialCount) {
      counting.seek(stream, block, COUNTS);
      const drawn = draws[placement](index, stream, block, trialCount);
      if (waiting > 0) take(waiting, trials);
      waiting = 0;
      return drawn;
    },
  };
}
