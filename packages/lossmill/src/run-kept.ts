import { type Part, type Plan, collect, existingMoments, inOrder, report } from "@lossmill/core";
import { policyFigures } from "./by-policy.ts";
import { rowsOf } from "./losses/rows.ts";
import { type RunOptions, type Settled, type Simulation, optionsOf, refuseNothing, resultOf } from "./simulation.ts";

/** Runs to the end and keeps every loss. `seconds` are those since it was last called. */
export async function runKept(
  plan: Plan,
  choice: Settled,
  options: RunOptions,
  seconds: () => number,
): Promise<Simulation> {
  const { at, signal, onPart, losses, keepsLosses } = options;
  const planned = seconds();
  const policies = options.byPolicy ? policyFigures(plan) : undefined;
  await using simulator = await choice.backend.open(choice.settings);
  const parts = simulator.simulate(plan, optionsOf(options));
  // What policies lose is only kept where it is asked for.
  const kept = keepsLosses ? plan : { ...plan, outputs: plan.outputs.filter((output) => output !== "byPolicy") };
  const watched = watch(parts, async (part) => {
    policies?.add(part);
    await losses?.add(rowsOf(part), plan);
    onPart?.(part, plan);
  });
  const collected = await collect(kept, watched);
  if (collected.summary === null) refuseNothing();
  const simulated = seconds();
  const figures = report({
    summary: collected.summary,
    total: collected.losses.total,
    maxOccurrence: collected.losses.maxOccurrence,
    exists: existingMoments(plan),
    ...(at && { levels: at }),
  });
  const stages = { plan: planned, simulate: simulated, report: seconds() };
  const { trials, complete } = collected;
  const end = { trials, complete, stoppedBy: complete || !signal?.aborted ? ("trials" as const) : ("signal" as const) };
  const result = resultOf(
    plan,
    choice,
    end,
    { draws: collected.summary.draws, ...figures },
    stages,
    policies?.figures(),
  );
  return { result, losses: collected.losses, plan, stages };
}

/** The same parts, each shown to `see` before it goes on. In block order: executors that compute them otherwise are put in order. */
async function* watch(parts: AsyncIterable<Part>, see: (part: Part) => Promise<void>): AsyncGenerator<Part> {
  for await (const part of inOrder(parts)) {
    await see(part);
    yield part;
  }
}
