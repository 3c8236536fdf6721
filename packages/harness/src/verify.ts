import {
  type Backend,
  type ExistingMoments,
  OPTIMIZATION_LEVELS,
  type OptimizationLevel,
  type Plan,
  type TrialLosses,
  existingMoments,
  groundUpPlan,
  rewritePlan,
} from "@lossmill/core";
import { compareBackends, notCompared } from "./agreement.ts";
import { type AgreementEntry, type Certificate, type Check, LIMITS, type RunEntry } from "./certificate.ts";
import { checkOptions } from "./check-options.ts";
import { judgedByFault, notJudged } from "./checks/check.ts";
import { levelsCheck } from "./checks/distribution-checks.ts";
import { isMeanJudged } from "./checks/moment-checks.ts";
import { sampleChecks } from "./checks/sample-checks.ts";
import { trialsFault } from "./checks/trials-fault.ts";
import type { Judge } from "./judge.ts";
import { type RepeatedRun, runAll, runTwice } from "./run.ts";
import { sampleOf } from "./sample.ts";
import { type TailExpectation, type Unjudged, tailExpectations } from "./tail-expectations.ts";

export interface VerifyOptions {
  /** Level 0, with a number of trials and the outputs total, maxOccurrence and claims: what `definePlan` returns. */
  readonly definition: Plan;
  /** The first is what the others are compared with. */
  readonly backends: readonly Backend[];
  readonly judge: Judge;
  /** 0 to 3 unless told. */
  readonly levels?: readonly OptimizationLevel[];
  /** Ends the verification with the error STOPPED after the block in hand. */
  readonly signal?: AbortSignal;
  /** Called after each backend's run of a level, with how many of how many are done. */
  readonly onRun?: (entry: RunEntry, done: number, of: number) => void;
}

/**
 * Proves that a book is simulated rightly, as far as its trials can: every backend at every level, against the exact
 * answer, against itself, and against the first backend trial by trial; those that promise their bits also against the first
 * of them. A failed check is a finding and not an error.
 *
 * Keeps the losses of the first backend, of the first that promises its bits and of one other, and a sorted copy of each
 * backend's totals: about 130 bytes a trial for three backends.
 *
 * @throws LossmillError BAD_PLAN or BAD_CONFIGURATION where there is nothing to verify, STOPPED after `signal`; and
 * whatever a backend throws, but for NOT_SUPPORTED, which the certificate records
 */
export async function verify(options: VerifyOptions): Promise<Certificate> {
  const { definition, backends, levels = OPTIMIZATION_LEVELS } = options;
  checkOptions(definition, backends, levels);
  const evidence = evidenceOf(options);
  const runs: RunEntry[] = [];
  const agreements: AgreementEntry[] = [];
  for (const level of levels) {
    const plan = rewritePlan(definition, level);
    let first: TrialLosses | null = null;
    let groundUp: Float64Array | null = null;
    // The first that promises its bits, and that the first of all does not.
    let exact: { readonly backend: Backend; readonly losses: TrialLosses } | null = null;
    for (const backend of backends) {
      const outcome = await runTwice(backend, plan, options.signal);
      const entry = judgeRun(evidence, backend.name, level, outcome);
      runs.push(entry);
      options.onRun?.(entry, runs.length, levels.length * backends.length);
      const losses = completeLosses(outcome);
      if (backend === backends[0]) {
        first = losses;
        continue;
      }
      const pair = [backends[0], backend] as const;
      if (first === null || losses === null) {
        agreements.push(notCompared(level, pair, "one of them did not run all trials"));
        continue;
      }
      groundUp ??= (await runAll(backends[0], groundUpPlan(plan), options.signal)).collected.losses.total;
      agreements.push(compareBackends(level, pair, [first, losses], groundUp));
      if (backend.agreement !== 0 || backends[0].agreement === 0) continue;
      if (exact === null) exact = { backend, losses };
      else agreements.push(compareBackends(level, [exact.backend, backend], [exact.losses, losses], groundUp));
    }
  }
  return certificateOf(options, levels, runs, agreements);
}

/** What the runs of one verification are judged by. */
interface Evidence {
  readonly judge: Judge;
  readonly exists: ExistingMoments;
  readonly tails: readonly (TailExpectation | Unjudged)[];
  /** By backend: its first level, and that level's totals in ascending order. */
  readonly firstLevels: Map<string, { readonly level: OptimizationLevel; readonly total: Float64Array }>;
}

function evidenceOf({ definition, judge }: VerifyOptions): Evidence {
  const exists = existingMoments(definition);
  const trials = definition.trials!;
  const tails = tailExpectations(judge, trials, exists, isMeanJudged(judge, exists, trials));
  return { judge, exists, tails, firstLevels: new Map() };
}

function judgeRun(
  evidence: Evidence,
  backend: string,
  level: OptimizationLevel,
  outcome: RepeatedRun | string,
): RunEntry {
  if (typeof outcome === "string") {
    return { backend, level, notRun: outcome, draws: null, checks: [], passed: true };
  }
  const checks = checksOf(evidence, backend, level, outcome);
  const draws = outcome.collected.summary?.draws ?? NaN;
  return {
    backend,
    level,
    draws: Number.isFinite(draws) ? draws : null,
    checks,
    passed: checks.every(({ passed }) => passed),
  };
}

function checksOf(evidence: Evidence, backend: string, level: OptimizationLevel, run: RepeatedRun): Check[] {
  const { complete, losses, summary } = run.collected;
  const trials = trialsFault(losses);
  const structure = [
    judgedByFault("blocks", run.blocksFault),
    judgedByFault("trials", trials),
    judgedByFault("summaries", run.summariesFault),
    judgedByFault("repeatable", run.repeatableFault),
  ];
  // Of losses that are missing or no numbers there is no distribution.
  if (!complete || summary === null || trials !== null) return structure;
  const sample = sampleOf(losses, summary);
  const { judge, exists, tails, firstLevels } = evidence;
  return [
    ...structure,
    ...sampleChecks(sample, judge, exists, tails),
    againstFirstLevel(firstLevels, backend, level, sample.total),
  ];
}

function againstFirstLevel(
  firstLevels: Evidence["firstLevels"],
  backend: string,
  level: OptimizationLevel,
  total: Float64Array,
): Check {
  const first = firstLevels.get(backend);
  if (first !== undefined) return levelsCheck(total, first.total);
  firstLevels.set(backend, { level, total });
  return notJudged({ name: "levels" }, "the first level");
}

function completeLosses(outcome: RepeatedRun | string): TrialLosses | null {
  return typeof outcome !== "string" && outcome.collected.complete ? outcome.collected.losses : null;
}

function certificateOf(
  { definition, backends }: VerifyOptions,
  levels: readonly OptimizationLevel[],
  runs: readonly RunEntry[],
  agreements: readonly AgreementEntry[],
): Certificate {
  const checks = runs.flatMap((run) => run.checks);
  const count = (isCounted: (one: { judged: boolean; passed: boolean }) => boolean) =>
    checks.filter(isCounted).length +
    agreements.filter(({ compared, passed }) => isCounted({ judged: compared, passed })).length;
  const failed = count(({ passed }) => !passed);
  // Who runs nothing has proved nothing.
  const ran = backends.every(({ name }) =>
    runs.some(({ backend, notRun }) => backend === name && notRun === undefined),
  );
  return {
    format: 1,
    portfolio: definition.portfolio,
    seed: definition.seed,
    generator: definition.generator ?? "pcg64",
    trials: definition.trials!,
    horizon: definition.horizon,
    levels,
    backends: backends.map(({ name, agreement }) => ({ name, agreement })),
    limits: LIMITS,
    runs,
    agreements,
    judged: count(({ judged }) => judged),
    notJudged: count(({ judged }) => !judged),
    failed,
    passed: failed === 0 && ran,
  };
}
