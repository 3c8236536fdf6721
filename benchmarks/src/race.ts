import type { Measured } from "./contestant.ts";
import type { Entrant } from "./entrants.ts";
import { judge } from "./judge.ts";
import { randomBelow, shuffled } from "./random-order.ts";
import type { Entry, Race } from "./record.ts";
import { type Outcome, runOnce } from "./run-once.ts";
import type { Course } from "./workloads.ts";

export interface RaceOptions {
  readonly rounds: number;
  /** Round r runs with seed + r, so that the rounds' answers are independent. */
  readonly seed: number;
}

/** Called before each process starts. */
export type Starting = (contestant: string, round: number) => void;

/**
 * Runs every entrant once a round, in an order that is random in each round: what else happens on the machine falls on
 * all alike. One process at a time. Who fails or sits out is not run again.
 */
export async function race(
  { workload, trials }: Course,
  entrants: readonly Entrant[],
  { rounds, seed }: RaceOptions,
  starting: Starting,
): Promise<Race> {
  const random = randomBelow(seed);
  const outcomes = new Map<string, Outcome[]>(entrants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const entrant of shuffled(entrants, random)) {
      const earlier = outcomes.get(entrant.name)!;
      if ("skipped" in entrant || earlier.some((outcome) => !isMeasured(outcome))) continue;
      starting(entrant.name, round);
      earlier.push(await runOnce(entrant.command, workload.book, trials, seed + round));
    }
  }
  return {
    workload: workload.name,
    title: workload.title,
    trials,
    claimsPerTrial: workload.claimsPerTrial,
    exact: workload.exact,
    entries: entrants.map((entrant) => entryOf(entrant, outcomes.get(entrant.name)!, { workload, trials })),
  };
}

function entryOf(entrant: Entrant, outcomes: readonly Outcome[], { workload, trials }: Course): Entry {
  const contestant = entrant.name;
  if ("skipped" in entrant) return { contestant, status: "skipped", reason: entrant.skipped };
  for (const outcome of outcomes) {
    if ("failed" in outcome) return { contestant, status: "failed", reason: outcome.failed };
    if ("skipped" in outcome) return { contestant, status: "skipped", reason: outcome.skipped };
  }
  const samples = outcomes.filter(isMeasured);
  const { right, meanError, sdError } = judge(samples, trials, workload.exact);
  // A wrong answer has no time.
  if (!right) return { contestant, status: "wrong", meanError, sdError, answers: samples.map(answerOf) };
  return { contestant, status: workload.exact === null ? "unchecked" : "right", meanError, sdError, samples };
}

function isMeasured(outcome: Outcome): outcome is Measured {
  return "seconds" in outcome;
}

function answerOf({ mean, sd }: Measured) {
  return { mean, sd };
}
