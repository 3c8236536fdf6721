import {
  BLOCK_TRIALS,
  type CountLookup,
  PLACES,
  type Placement,
  SIZES,
  TRIALS_PER_WORD,
  type UniformSource,
} from "@lossmill/core";

/** Where the claims of one copy fall in a block: hit h is in trial `trials[h]` and has `counts[h]` claims. */
export interface Hits {
  trials: Uint16Array;
  counts: Float64Array;
  length: number;
  /** All counts together. */
  claims: number;
  /** What was drawn to find them. */
  draws: number;
}

/**
 * Draws the hits of a copy of line `line` into `hits`, from the source's place on; `trials` are those of the block that
 * are asked for. The purpose of the source's uniforms is COUNTS.
 */
export type Place = (line: number, trials: number, hits: Hits) => void;

export function emptyHits(): Hits {
  return {
    trials: new Uint16Array(BLOCK_TRIALS),
    counts: new Float64Array(BLOCK_TRIALS),
    length: 0,
    claims: 0,
    draws: 0,
  };
}

/** Changes the first `n` uniforms, those of the counts of a copy of line `line`, where the plan's sampling does. */
export type DriveCounts = (line: number, n: number, uniforms: Float64Array) => void;

/** The three placements, in plain code (docs/numerics.md). `clustered` tells lines whose clusters have a size of their own. */
export function placements(
  random: UniformSource,
  toCounts: CountLookup,
  clustered: readonly boolean[],
  drive: DriveCounts,
): Record<Placement, Place> {
  const one = new Float64Array(1);
  const everyTrial = Uint16Array.from({ length: BLOCK_TRIALS }, (_, t) => t);
  let picked = new Uint16Array(BLOCK_TRIALS);

  function drawOne(line: number, table: typeof PLACES | typeof SIZES): number {
    random.fill(one, 1);
    toCounts(line, table, one, 1);
    return one[0];
  }

  return {
    /** A count for each trial. */
    perTrial(line, trials, hits) {
      random.fill(hits.counts, trials);
      drive(line, trials, hits.counts);
      hits.claims = toCounts(line, PLACES, hits.counts, trials);
      hits.trials = everyTrial;
      hits.length = trials;
      hits.draws = trials;
    },

    /** The number of the block's clusters, the trial of each, then the size of each. Always the whole block. */
    scatter(line, _trials, hits) {
      const clusters = drawOne(line, PLACES);
      if (clusters > picked.length) {
        picked = new Uint16Array(2 * clusters);
        hits.counts = new Float64Array(2 * clusters);
      }
      random.fillTrials(picked, clusters);
      hits.trials = picked;
      hits.length = clusters;
      hits.draws = 1 + Math.ceil(clusters / TRIALS_PER_WORD);
      if (clustered[line]) {
        random.fill(hits.counts, clusters);
        hits.claims = toCounts(line, SIZES, hits.counts, clusters);
        hits.draws += clusters;
      } else {
        hits.counts.fill(1, 0, clusters);
        hits.claims = clusters;
      }
    },

    /** The trials before the next with claims, the count of that one, and so on; the gap that leaves the block is drawn. */
    skip(line, trials, hits) {
      hits.trials = picked;
      hits.length = 0;
      hits.claims = 0;
      for (let t = drawOne(line, PLACES); t < trials; t += 1 + drawOne(line, PLACES)) {
        const count = drawOne(line, SIZES);
        picked[hits.length] = t;
        hits.counts[hits.length++] = count;
        hits.claims += count;
      }
      hits.draws = 2 * hits.length + 1;
    },
  };
}
