import { parseUntil, stream } from "@lossmill/backend-streaming";
import { type Plan, type RunningSummary, blockCount, existingMoments } from "@lossmill/core";
import type { Choice } from "./choose-backend.ts";
import type { PolicyGatherer } from "./by-policy.ts";
import { looks, ruledLook } from "./looks.ts";
import { rowsOf } from "./losses/rows.ts";
import { type RunOptions, type Simulation, optionsOf, refuseNothing, resultOf } from "./simulation.ts";

/** A save may take so much of the time. */
const SAVING_SHARE = 0.05;

/** What a run has found so far. */
export interface SoFar {
  readonly running: RunningSummary;
  /** Where figures by policy are asked for. */
  readonly policies?: PolicyGatherer | undefined;
}

/** Runs in constant memory, on from what was found so far, until the plan, a rule or a signal ends it. */
export async function runStreamed(
  plan: Plan,
  choice: Choice,
  { running, policies }: SoFar,
  options: RunOptions,
  seconds: () => number,
): Promise<Simulation> {
  const { at, until, signal, onPart, onLook, losses, checkpoint } = options;
  const planned = seconds();
  // Rows first: a checkpoint never names more of them than are on the disk.
  const save = async () => {
    const saved = await losses?.save();
    const found = { summary: running.save(), policies: policies?.save(), losses: saved };
    checkpoint?.file.save({ plan, ...found, asked: { at, until } });
  };
  // At once: the place is seen to be good, and no other run can take what this one is about to write.
  if (checkpoint) await save();
  let saveAt = performance.now() + 1000 * (checkpoint?.seconds ?? Infinity);
  const rule = until === undefined ? undefined : parseUntil(until);
  const bounds = rule && "bounds" in rule ? rule.bounds : null;
  const look = onLook && bounds === null ? looks(plan, at, onLook, running) : undefined;
  await using simulator = await choice.backend.open(choice.settings);
  const firstBlock = blockCount(running.trials);
  const end = await stream(plan, simulator.simulate(plan, { ...optionsOf(options), firstBlock }), {
    running,
    signal,
    until: rule,
    onLook: (report) => bounds && onLook?.(ruledLook(bounds, report, running.trials)),
    async onPart(part) {
      policies?.add(part);
      await losses?.add(rowsOf(part), plan);
      onPart?.(part, plan);
      look?.(part);
      const now = performance.now();
      if (!checkpoint || now < saveAt) return;
      await save();
      const took = performance.now() - now;
      saveAt = now + Math.max(1000 * checkpoint.seconds, took / SAVING_SHARE);
    },
  });
  if (running.summary === null) refuseNothing();
  if (checkpoint) await save();
  const simulated = seconds();
  const figures = running.report(existingMoments(plan), at);
  const stages = { plan: planned, simulate: simulated, report: seconds() };
  const ending = { ...end, complete: end.stoppedBy !== "signal" };
  const found = { draws: running.summary.draws, ...figures };
  const result = resultOf(plan, choice, ending, found, stages, policies?.figures());
  return { result, losses: null, plan, stages };
}
