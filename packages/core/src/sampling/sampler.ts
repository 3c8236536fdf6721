import type { Losses } from "../contract.ts";
import { largestOf } from "../math/fold.ts";
import type { Plan } from "../plan/plan.ts";
import { antitheticDriver } from "./antithetic.ts";
import { conditionalSampler } from "./conditional.ts";
import { controlSampler } from "./control.ts";
import type { Driver } from "./driver.ts";
import { importanceSampler } from "./importance.ts";
import { sobolDriver } from "./sobol.ts";
import { stratifiedDriver } from "./stratified.ts";

/**
 * What a kernel hands its uniforms and payments to where the plan has a sampling: the same calls in the same order give the
 * same bits, however claims are cut into chunks. Not to be shared between threads; nothing here allocates once warm.
 */
export interface Sampler extends Driver {
  /** By line: what is to be handed over. */
  readonly lines: readonly Handed[];
  /**
   * Shows what is paid for claims, before the share and the terms of the year; `trials` are those of the claims, `claims` may have
   * moved them.
   */
  payments(line: number, n: number, paid: Float64Array, trials: Uint16Array): void;
  /** Writes what belongs to the block's losses: `weight`, `controls`. */
  finish(out: Losses): void;
}

/** What a line hands to the sampler. */
export interface Handed {
  /** The uniforms of its counts, before they are looked up. Lines with counts are placed `perTrial`. */
  readonly counts: boolean;
  /** The uniforms of its claims, and their trials. */
  readonly claims: boolean;
  /** What is paid for its claims. */
  readonly payments: boolean;
}

/** The sampler of a plan; null where it has none, and kernels draw what they draw. */
export function samplerOf(plan: Plan): Sampler | null {
  const { sampling } = plan;
  switch (sampling?.method) {
    case "antithetic":
      return drivenSampler(plan, antitheticDriver());
    case "stratified":
      return drivenSampler(plan, stratifiedDriver(mostClaims(plan)));
    case "sobol":
      return drivenSampler(
        plan,
        sobolDriver({ seed: plan.seed, replicates: sampling.replicates, dimensions: dimensionsOf(plan) }),
      );
    case "importance":
      return importanceSampler(plan, sampling);
    case "control":
      return controlSampler(plan);
    case "conditional":
      return conditionalSampler(plan);
    default:
      return null;
  }
}

/** The sampler that changes uniforms and leaves the rest. */
function drivenSampler({ lines }: Plan, driver: Driver): Sampler {
  return {
    ...driver,
    lines: lines.map(({ driven }) => {
      return { counts: driven !== undefined, claims: driven !== undefined, payments: false };
    }),
    payments() {},
    finish() {},
  };
}

/** Claims of a trial that are driven, of any line. */
function mostClaims({ lines }: Plan): number {
  return largestOf(lines, ({ driven }) => driven?.claims ?? 0);
}

/** The dimension of a draw of a copy: its count, 0, or one of its claims, from 1 on; −1 where it has none. */
function dimensionsOf({ lines }: Plan): (line: number, copy: number, draw: number) => number {
  return (line, copy, draw) => {
    const { driven } = lines[line];
    if (driven === undefined || draw > driven.claims) return -1;
    return driven.dimension + copy * (1 + driven.claims) + draw;
  };
}
