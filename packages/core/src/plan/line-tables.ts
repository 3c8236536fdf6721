import { LossmillError } from "../errors.ts";
import { type Clusters, clustersOf } from "../laws/counts/clusters.ts";
import { countLaw } from "../laws/counts/index.ts";
import { positiveLaw, thinnedLaw } from "../laws/counts/thinned.ts";
import type { CountLaw } from "../laws/law.ts";
import { BLOCK_TRIALS } from "./block.ts";
import { gapThresholds } from "./gap-thresholds.ts";
import type { Line } from "./plan.ts";

/** Longest table of count thresholds; a wider law is inverted by core's own search. */
const MOST_THRESHOLDS = 65_536;

/** What decides in which trials a line's claims fall, and how many fall there. */
export interface LineLaws {
  /** perTrial: the count of a trial. scatter: the number of a block's clusters. */
  readonly places: CountLaw;
  /** scatter: the size of a cluster, null where each is one claim. skip: the count of a trial that has one. */
  readonly sizes: CountLaw | null;
}

/** Counts as kernels draw them, by the number of thresholds below a uniform; null where there would be too many. */
export interface LineTables {
  /** As `LineLaws`; skip: the number of trials before the next with claims. Null for scatter too. */
  readonly places: Float64Array | null;
  /** As `LineLaws`; empty where nothing is drawn from it. */
  readonly sizes: Float64Array | null;
}

/** The law of the claims that are drawn for one copy in a year. Throws BAD_PLAN where the count law cannot be thinned. */
export function drawnLaw(line: Line): CountLaw {
  return thinnedLaw(line.frequency, line.survival) ?? refuse(line, "survival", "cannot be thinned");
}

/** The mean number of claims that are drawn for one copy in a year. Of the law of most large books without making one. */
export function drawnMean(line: Line): number {
  const { frequency, survival } = line;
  return frequency.law === "poisson" && isPlainPoisson(line) ? frequency.lambda * survival : drawnLaw(line).mean;
}

/** Whether counts are Poisson, neither inflated nor truncated nor modified. */
export function isPlainPoisson({ frequency }: Line): boolean {
  const { law, zeroInflated, zeroTruncated, zeroModified } = frequency;
  return law === "poisson" && zeroInflated === undefined && zeroTruncated === undefined && zeroModified === undefined;
}

/** The clusters of a line that is scattered. Throws BAD_PLAN where the count law has none. */
export function clustersOfLine(line: Line): Clusters {
  return clustersOf(line.frequency, line.survival) ?? refuse(line, "placement", "cannot be scattered");
}

/** The mean number of clusters in a block of a line that is scattered. Of most large books without making one. */
export function clusterMean(line: Line): number {
  return BLOCK_TRIALS * (isPlainPoisson(line) ? drawnMean(line) : clustersOfLine(line).rate);
}

/** The laws that a line's placement draws from; of skip, `places` is the law of a trial's count. */
export function lineLaws(line: Line): LineLaws {
  if (line.placement === "perTrial") return { places: drawnLaw(line), sizes: null };
  if (line.placement === "scatter") {
    const { rate, size } = clustersOfLine(line);
    return { places: countLaw({ law: "poisson", lambda: BLOCK_TRIALS * rate }), sizes: size };
  }
  const places = drawnLaw(line);
  return { places, sizes: places.survival(0) > 0 ? positiveLaw(line.frequency, line.survival) : null };
}

const NONE = new Float64Array(0);

/** The tables of the counts that a line draws. */
export function lineTables(line: Line): LineTables {
  const { places, sizes } = lineLaws(line);
  return { places: placesTable(line, places), sizes: sizes === null ? NONE : sizes.thresholds(MOST_THRESHOLDS) };
}

/** Whether a scattered line has a table depends on how often it is asked, once a block (`CountTables`). */
function placesTable({ placement }: Line, law: CountLaw): Float64Array | null {
  if (placement === "scatter") return null;
  return placement === "skip" ? gapThresholds(law.survival(0)) : law.thresholds(MOST_THRESHOLDS);
}

/** Plans that were not made here may hold what no kernel can draw. */
function refuse({ id, frequency }: Line, what: string, problem: string): never {
  throw new LossmillError("BAD_PLAN", { place: `line ${id}: ${what}`, message: `${frequency.law} ${problem}` });
}
