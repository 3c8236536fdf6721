import { clusterMean, isPlainPoisson, lineTables } from "./line-tables.ts";
import type { Line } from "./plan.ts";
import { MOST_BLOCK_THRESHOLDS, writePoissonThresholds } from "./poisson-thresholds.ts";
import { withRoom } from "./with-room.ts";

/** Which of the tables of `CountTables` a line has. */
export interface LineCounts {
  readonly places: number;
  readonly sizes: number;
}

/** The table of a count that is always 0, which is never looked up. */
export const NOTHING = 0;

/** Entries of the guide of a table that is looked up often, at least: so many that it mostly names the count itself. */
const FINE_GUIDE = 256;

/** Blocks for which a table of a block's number of claims repays itself: a look-up spares some 15 ns of a search, a table takes 1 to 7 µs. */
const REPAYING_BLOCKS = 128;

const thresholdsOfBlock = new Float64Array(MOST_BLOCK_THRESHOLDS);

/**
 * Tables of count thresholds, each once, and where to begin looking among them. They are written one after the other into
 * two arrays: ten thousand tables with arrays of their own take longer to allocate than to compute.
 */
export class CountTables {
  /** Where each table's thresholds begin; the number of them, −1 where the law is searched. */
  readonly starts: number[] = [];
  readonly lengths: number[] = [];
  /** The same of its guide, which has no entry where the law is searched. */
  readonly guideStarts: number[] = [];
  readonly guideLengths: number[] = [];
  thresholdCount = 0;
  guideCount = 0;
  #thresholds = new Float64Array(1024);
  #guide = new Int32Array(1024);
  readonly #byLambda = new Map<number, LineCounts>();
  readonly #byText = new Map<string, LineCounts>();
  readonly #blocks: number;
  /** What all laws have that are searched. */
  readonly #searched: LineCounts;

  /** Of a run of so many blocks. */
  constructor(blocks: number) {
    this.#blocks = blocks;
    this.#append(thresholdsOfBlock, 0);
    this.#searched = { places: this.#append(thresholdsOfBlock, -1), sizes: NOTHING };
  }

  /** Bytes of all tables. */
  get bytes(): number {
    return 8 * this.thresholdCount + 4 * this.guideCount;
  }

  get thresholds(): Float64Array {
    return this.#thresholds.subarray(0, this.thresholdCount);
  }

  get guide(): Int32Array {
    return this.#guide.subarray(0, this.guideCount);
  }

  /** The table of these thresholds; null: the law is searched. */
  add(thresholds: Float64Array | null): number {
    if (thresholds?.length === 0) return NOTHING;
    if (thresholds === null) return this.#searched.places;
    return this.#append(thresholds, thresholds.length, FINE_GUIDE);
  }

  /** The tables PLACES and SIZES of a line; lines that draw the same counts share them. */
  addLine(line: Line): LineCounts {
    const { placement, frequency, survival } = line;
    // Without a text for each: large books are made of such lines.
    if (placement === "scatter" && isPlainPoisson(line)) return this.#blockCount(clusterMean(line));
    const key = JSON.stringify([placement, frequency, survival]);
    let counts = this.#byText.get(key);
    if (counts === undefined) {
      const { places, sizes } = lineTables(line);
      counts = {
        places: placement === "scatter" ? this.#blockCount(clusterMean(line)).places : this.add(places),
        sizes: this.add(sizes),
      };
      this.#byText.set(key, counts);
    }
    return counts;
  }

  /** Of the Poisson number of a block's clusters, and no sizes. */
  #blockCount(lambda: number): LineCounts {
    if (lambda > 0 && this.#blocks < REPAYING_BLOCKS) return this.#searched;
    let counts = this.#byLambda.get(lambda);
    if (counts === undefined) {
      const length = lambda > 0 ? writePoissonThresholds(lambda, thresholdsOfBlock) : 0;
      if (length < 0) return this.#searched;
      counts = { places: length === 0 ? NOTHING : this.#append(thresholdsOfBlock, length), sizes: NOTHING };
      this.#byLambda.set(lambda, counts);
    }
    return counts;
  }

  #append(thresholds: Float64Array, length: number, leastGuide = 1): number {
    this.starts.push(this.thresholdCount);
    this.lengths.push(length);
    this.guideStarts.push(this.guideCount);
    this.guideLengths.push(length < 0 ? 0 : this.#appendGuide(thresholds, length, leastGuide));
    if (length > 0) {
      this.#thresholds = withRoom(this.#thresholds, this.thresholdCount + length);
      for (let k = 0; k < length; k++) this.#thresholds[this.thresholdCount + k] = thresholds[k];
      this.thresholdCount += length;
    }
    return this.starts.length - 1;
  }

  /**
   * Where to begin looking: entry g of a guide of m entries (a power of two, so that u·m is exact) is the number of
   * thresholds below g/m (Chen & Asau 1974). With at least as many entries as thresholds a look-up takes about one step.
   */
  #appendGuide(thresholds: Float64Array, length: number, least: number): number {
    let entries = least;
    while (entries < length) entries *= 2;
    this.#guide = withRoom(this.#guide, this.guideCount + entries);
    const guide = this.#guide;
    let below = 0;
    for (let g = 0; g < entries; g++) {
      while (below < length && thresholds[below] < g / entries) below++;
      guide[this.guideCount + g] = below;
    }
    this.guideCount += entries;
    return entries;
  }
}
