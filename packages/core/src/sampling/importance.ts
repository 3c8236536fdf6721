import type { Losses } from "../contract.ts";
import { sumOf } from "../math/fold.ts";
import { log } from "../math/log.ts";
import { BLOCK_TRIALS } from "../plan/block.ts";
import { drawnMean, isPlainPoisson } from "../plan/line-tables.ts";
import type { Line, Plan } from "../plan/plan.ts";
import { addedMass } from "./added-mass.ts";
import { halfRatio, ratioProducts } from "./ratio-products.ts";
import type { Sampler } from "./sampler.ts";
import type { Importance } from "./sampling.ts";
import { takeClaims, tiltedClaims } from "./tilted-claims.ts";
import { takeCounts, tiltedCounts } from "./tilted-counts.ts";

/**
 * Importance sampling, half of the trials left as they are (a defensive mixture: Hesterberg 1995, "Weighted average importance
 * sampling and defensive mixture distributions", section 2; with a fixed number of trials of each kind: Owen and Zhou 2000,
 * "Safe and effective importance sampling", section 4).
 *
 * Of a Poisson line a trial of odd number has claims of intensity r(x) ν(dx), r >= 1, where one of even number has ν(dx). The
 * ratio R of the two laws for a trial with the claims x_i is the product of r(x_i) times exp(−∫ (r − 1) dν) (Brémaud 1981, Point
 * Processes and Queues, VI.2). Of other lines the n claims of a trial of odd number have density r(x_i) / E[r], and n has another
 * law where the line has one `untilted`: R is the ratio of both laws of n times the product of these. The weight of a trial of either
 * kind is 1 / (½ + ½ R), never above 2.
 */
export function importanceSampler(plan: Plan, { ratios }: Importance): Sampler {
  const claims = plan.lines.map((line) => (line.tilt === undefined ? null : tiltedClaims(line, ratios)));
  const counts = plan.lines.map((line) => (line.untilted === undefined ? null : tiltedCounts(line)!));
  const withoutClaims = plan.lines.map((line, i) => {
    if (isPlainPoisson(line)) return -addedToLine(line, ratios);
    const law = counts[i];
    return law === null ? 0 : line.copies * log(law.ofNone);
  });
  const products = ratioProducts(sumOf(withoutClaims));
  return {
    lines: claims.map((one, i) => ({ counts: counts[i] !== null, claims: one !== null, payments: false })),
    begin() {
      products.begin();
    },
    counts(line, _copy, first, n, uniforms) {
      const law = counts[line];
      if (law !== null) takeCounts(law, first, n, uniforms, products);
    },
    claims(line, _copy, n, uniforms, trials) {
      takeClaims(claims[line]!, n, uniforms, trials, products);
    },
    payments() {},
    finish({ weight }: Losses) {
      for (let t = 0; t < BLOCK_TRIALS; t++) weight![t] = 1 / (0.5 + halfRatio(products, t));
    },
  };
}

/** The claims that are added in a trial of odd number over the book; of its Poisson lines ∫ (r − 1) dν. */
export function addedClaims({ lines }: Plan, ratios: readonly number[]): number {
  return sumOf(lines, (line) => addedToLine(line, ratios));
}

function addedToLine(line: Line, ratios: readonly number[]): number {
  const { tilt, untilted, copies } = line;
  if (tilt === undefined) return 0;
  if (untilted !== undefined) return copies * (drawnMean(line) - drawnMean({ ...line, frequency: untilted }));
  if (!isPlainPoisson(line)) return 0;
  const added = addedMass(tilt, ratios);
  return ((copies * drawnMean(line)) / (1 + added / 2)) * added;
}
