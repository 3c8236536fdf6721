import { parseUntil, stream } from "@lossmill/backend-streaming";
import { type Plan, type RunningSummary, blockCount, existingMoments } from "@lossmill/core";
import { policyFigures } from "./by-policy.ts";
import { writeCheckpoint } from "./checkpoint.ts";
import { rowsOf } from "./losses/rows.ts";
import { type RunOptions, type Settled, type Simulation, optionsOf, refuseNothing, resultOf } from "./simulation.ts";

/** A save may take so much of the time. */
const SAVING_SHARE = 0.05;

/** Runs in constant memory, on from a summary, until the plan, a rule or a signal ends it. */
export async function runStreamed(
  plan: Plan,
  choice: Settled,
  running: RunningSummary,
  options: RunOptions,
  seconds: () => number,
): Promise<Simulation> {
  const { at, until, signal, onPart, losses, checkpoint } = options;
  const planned = seconds();
  const policies = options.byPolicy ? policyFigures(plan) : undefined;
  const save = () =>
    checkpoint && writeCheckpoint(checkpoint.path, { plan, summary: running.save(), asked: { at, until } });
  let saveAt = performance.now() + 1000 * (checkpoint?.seconds ?? Infinity);
  await using simulator = await choice.backend.open(choice.settings);
  const firstBlock = blockCount(running.trials);
  const end = await stream(plan, simulator.simulate(plan, { ...optionsOf(options), firstBlock }), {
    running,
    signal,
    until: until === undefined ? undefined : parseUntil(until),
    async onPart(part) {
      policies?.add(part);
      await losses?.add(rowsOf(part), plan);
      onPart?.(part, plan);
      const now = performance.now();
      if (!checkpoint || now < saveAt) return;
      save();
      const took = performance.now() - now;
      saveAt = now + Math.max(1000 * checkpoint.seconds, took / SAVING_SHARE);
    },
  });
  if (running.summary === null) refuseNothing();
  save();
  const simulated = seconds();
  const figures = running.report(existingMoments(plan), at);
  const stages = { plan: planned, simulate: simulated, report: seconds() };
  const ending = { ...end, complete: end.stoppedBy !== "signal" };
  const found = { draws: running.summary.draws, ...figures };
  const result = resultOf(plan, choice, ending, found, stages, policies?.figures());
  return { result, losses: null, plan, stages };
}
