import { LossmillError } from "../errors.ts";
import { severity } from "../laws/severities/index.ts";
import { sumOf } from "../math/fold.ts";
import { BLOCK_TRIALS } from "../plan/block.ts";
import { expectedDraws } from "../plan/expected-draws.ts";
import { drawnLaw, drawnMean, isPlainPoisson } from "../plan/line-tables.ts";
import { hasAggregateTerm } from "../plan/line-terms.ts";
import type { Line, Plan } from "../plan/plan.ts";
import { intensityRefusal } from "./claim-intensity.ts";
import { MOST_DIMENSIONS } from "./directions.ts";
import type { SamplingMethod } from "./sampling.ts";
import { SCRAMBLE_STREAM } from "./sobol.ts";
import { type Tilting, tiltCounts, tiltLine } from "./tilt.ts";

/** A method, with what it needs to know. */
export type SamplingRequest =
  | { readonly method: Exclude<SamplingMethod, "importance"> }
  | { readonly method: "importance"; readonly tilting: Tilting };

/** Sequences of Sobol points that are scrambled independently: their differences tell the error. */
const REPLICATES = 16;

/**
 * A rewritten plan whose trials are sampled by a method; its law is the same, figures and their errors are made otherwise.
 *
 * @throws LossmillError BAD_PLAN where the trials of `importance` are no pairs, and where a line has the stream of the scrambling
 * of `sobol`
 */
export function samplePlan(plan: Plan, request: SamplingRequest): Plan {
  switch (request.method) {
    case "control":
      return { ...plan, sampling: { method: "control" } };
    case "conditional":
      return { ...plan, sampling: { method: "conditional" } };
    case "importance": {
      if (plan.trials !== null && plan.trials % 2 === 1) {
        const message = `importance sampling needs an even number of trials, found ${plan.trials}`;
        throw new LossmillError("BAD_PLAN", { place: "trials", message });
      }
      const { tilting } = request;
      const lines = tiltLines(plan, tilting);
      return { ...plan, sampling: { method: "importance", ratios: tilting.ratios }, lines };
    }
    case "sobol":
      checkStreams(plan);
      return {
        ...plan,
        sampling: { method: "sobol", replicates: REPLICATES },
        lines: driveLines(plan, MOST_DIMENSIONS),
      };
    default:
      return { ...plan, sampling: { method: request.method }, lines: driveLines(plan, Infinity) };
  }
}

/** Throws where a copy would draw from the stream that scrambles are drawn from, and so not be independent of them. */
function checkStreams({ lines }: Plan): void {
  lines.forEach(({ firstStream, copies }, i) => {
    if (firstStream + copies <= SCRAMBLE_STREAM) return;
    const message = `stream ${SCRAMBLE_STREAM} belongs to the scrambling of sampling sobol`;
    throw new LossmillError("BAD_PLAN", { place: `lines[${i}].firstStream`, message });
  });
}

/** Of a trial's claims those are driven that come in more than one trial of so many. */
const RARE = 0.05;
/** But no more than so many of a trial. */
const MOST_CLAIMS = 16;

/**
 * The lines that matter most are driven, which needs a count for each trial: as long as that at most doubles the draws of the
 * plan, and there are dimensions. A line matters by its part of the variance of the claims' sum.
 */
function driveLines({ lines }: Plan, dimensions: number): Line[] {
  const draws = lines.map((line) => expectedDraws(line));
  let spare = sumOf(draws);
  let dimension = 0;
  const driven = lines.slice();
  for (const i of byVariance(lines)) {
    const claims = drivenClaims(lines[i]);
    const line: Line = { ...lines[i], placement: "perTrial", driven: { claims, dimension } };
    const needed = lines[i].copies * (1 + claims);
    const more = expectedDraws(line) - draws[i];
    if (more > spare || dimension + needed > dimensions) continue;
    spare -= Math.max(0, more);
    dimension += needed;
    driven[i] = line;
  }
  return driven;
}

/** Counts that are tilted trial by trial may cost so many times the draws of the plan. */
const MOST_TILTED = 3;

/** Claims of all lines that can be; counts that are not Poisson's where they matter most, as far as draws last. */
function tiltLines({ lines }: Plan, tilting: Tilting): Line[] {
  const tilted = lines.map((line) => tiltLine(line, tilting));
  if (tilted.every((line) => line.tilt === undefined || isPlainPoisson(line))) return tilted;
  const draws = lines.map((line) => expectedDraws(line));
  let spare = MOST_TILTED * sumOf(draws);
  for (const i of byVariance(lines)) {
    // A count a trial is the least: laws of ten thousand lines that have no chance need not be made.
    if (lines[i].copies * BLOCK_TRIALS - draws[i] > spare) continue;
    const line = tiltCounts(tilted[i], tilting.ratios);
    const more = expectedDraws(line) - draws[i];
    if (line.untilted === undefined || more > spare) continue;
    spare -= Math.max(0, more);
    tilted[i] = line;
  }
  return tilted;
}

/** How many of a trial's claims are driven. */
function drivenClaims(line: Line): number {
  return Math.min(MOST_CLAIMS, drawnLaw(line).quantile(RARE, "upper"));
}

/** Upper tails, of the claims drawn, at which a line's payments are looked at. */
const TAILS = Array.from({ length: 16 }, (_, k) => 0.75 / (1 << k));

/** Numbers of lines, those first whose claims vary the book's sum most; lines without claims are left out. */
function byVariance(lines: readonly Line[]): number[] {
  const parts = Float64Array.from(lines, variancePart);
  return lines
    .map((_, i) => i)
    .filter((i) => parts[i] > 0)
    .sort((i, j) => parts[j] - parts[i]);
}

/** About E[N] E[y²], octave by octave of the tail; of the year's sum with terms no more than they let through. */
function variancePart(line: Line): number {
  const { severity: spec, terms, survival } = line;
  const law = severity(spec);
  const most = Math.min(
    terms.limit ?? Infinity,
    hasAggregateTerm(terms) ? (terms.aggregateLimit ?? Infinity) : Infinity,
  );
  let square = 0;
  for (const tail of TAILS) {
    const x = law.quantile(survival * tail, "upper");
    const y = terms.insurerShare * Math.min(Math.max(x - terms.deductible - terms.attachment, 0), most);
    square += (tail * y * y) / 1.5;
  }
  return line.copies * drawnMean(line) * square;
}

/** Whether any of the plan's draws is sampled otherwise than plainly: where none is, the method does nothing for the book. */
export function isSampled(plan: Plan): boolean {
  const { sampling, lines } = plan;
  if (sampling === undefined) return false;
  if (sampling.method === "control") return true;
  if (sampling.method === "conditional") return intensityRefusal(plan) === null;
  return lines.some(({ driven, tilt }) => driven !== undefined || tilt !== undefined);
}
