import {
  type Collected,
  type Part,
  type Plan,
  blockCount,
  collect,
  existingMoments,
  inOrder,
  report,
} from "@lossmill/core";
import type { Choice } from "./choose-backend.ts";
import { policyFigures } from "./by-policy.ts";
import { keptPlan } from "./kept-plan.ts";
import { looks } from "./looks.ts";
import { rowsOf } from "./losses/rows.ts";
import { sampledFigures } from "./sampling/sampled-figures.ts";
import { type RunOptions, type Simulation, optionsOf, refuseNothing, resultOf } from "./simulation.ts";

/** A simulation whose losses are kept, and what goes on with them. */
export interface KeptSimulation extends Simulation {
  readonly collected: Collected;
}

/**
 * Runs to the end and keeps every loss; on from `before`, a run of fewer whole blocks of the plan, where there is one.
 * `seconds` are those since it was last called.
 */
export async function runKept(
  plan: Plan,
  choice: Choice,
  options: RunOptions,
  seconds: () => number,
  before?: KeptSimulation,
): Promise<KeptSimulation> {
  const { at, signal, onPart, onLook, losses } = options;
  const planned = seconds();
  const policies = options.byPolicy ? policyFigures(plan) : undefined;
  // Sums that are not weighted, and errors of single trials, tell nothing of a run that is sampled otherwise.
  const look = onLook && !plan.sampling && looks(plan, at, onLook);
  await using simulator = await choice.backend.open(choice.settings);
  const firstBlock = before === undefined ? 0 : blockCount(before.collected.trials);
  const parts = simulator.simulate(plan, { ...optionsOf(options), firstBlock });
  const watched = watch(inOrder(parts, firstBlock), async (part) => {
    policies?.add(part);
    await losses?.add(rowsOf(part), plan);
    onPart?.(part, plan);
    if (look) look(part);
  });
  const collected = await collect(keptPlan(plan, options), watched, before?.collected);
  if (collected.summary === null) refuseNothing();
  const simulated = seconds();
  const { summary } = collected;
  const figures = plan.sampling
    ? sampledFigures(plan, collected.losses, at)
    : report({ ...collected.losses, summary, exists: existingMoments(plan), ...(at && { levels: at }) });
  const stages = addedStages({ plan: planned, simulate: simulated, report: seconds() }, before?.stages);
  const { trials, complete } = collected;
  const end = { trials, complete, stoppedBy: complete || !signal?.aborted ? ("trials" as const) : ("signal" as const) };
  const result = resultOf(plan, choice, end, { draws: summary.draws, ...figures }, stages, policies?.figures());
  return { result, losses: collected.losses, plan, stages, collected };
}

function addedStages(stages: Simulation["stages"], before: Simulation["stages"] | undefined): Simulation["stages"] {
  if (before === undefined) return stages;
  return {
    plan: before.plan + stages.plan,
    simulate: before.simulate + stages.simulate,
    report: before.report + stages.report,
  };
}

/** The same parts, each shown to `see` before it goes on. */
async function* watch(parts: AsyncIterable<Part>, see: (part: Part) => Promise<void>): AsyncGenerator<Part> {
  for await (const part of parts) {
    await see(part);
    yield part;
  }
}
