import { type Plan, type ResolvedConfig, checkLevels, makePlan } from "@lossmill/core";
import { chooseBackend } from "../choose-backend.ts";
import { onInterrupt } from "../interrupt.ts";
import { checkMemory, memoryLimitBytes } from "../memory.ts";
import { comparisonText } from "../print/comparison-text.ts";
import { tellOver } from "../print/one-line.ts";
import { readPortfolio } from "../read-portfolio.ts";
import { type Comparison, comparableTrials, comparisonOf } from "../sampling/comparison.ts";
import { compareMethods } from "../sampling/compare-methods.ts";
import { pilotChoice } from "../sampling/pilot.ts";

export interface CompareArguments {
  readonly config: ResolvedConfig;
  readonly at: readonly number[] | undefined;
  readonly rounds: number;
  readonly json: boolean;
}

/** Levels unless others are asked for: once in 10, 100, 200 and 1,000 years. */
const LEVELS = [0.9, 0.99, 0.995, 0.999];

/** Of a trial: five numbers at most are kept, and figures take three more. */
const BYTES_PER_TRIAL = 64;

/**
 * `lossmill compare-sampling FILE`: what each method is worth for the book, beside plain sampling. Returns the exit code.
 *
 * @throws LossmillError OUT_OF_MEMORY, STOPPED after Ctrl-C
 */
export async function compareSamplingCommand(path: string, given: CompareArguments): Promise<number> {
  const { config, at: levels = LEVELS, rounds, json } = given;
  checkLevels(levels);
  const { seed, generator, horizon, optimizationLevel, memoryLimit } = config;
  const trials = comparableTrials(config.trials);
  checkMemory(BYTES_PER_TRIAL * trials, memoryLimitBytes(memoryLimit), trials);
  const portfolio = await readPortfolio(path);
  const plan: Plan = makePlan(portfolio, { seed, generator, trials, horizon, optimizationLevel });
  const choice = await chooseBackend(config, plan);
  const pilots = await pilotChoice(plan, config);
  const interrupt = onInterrupt();
  const { signal } = interrupt;
  let comparison: Comparison;
  try {
    const onRun = (method: string, done: number, of: number) => {
      if (config.verbose > 0) tellOver(`run ${done + 1} of ${of}: ${method}`);
    };
    const tried = await compareMethods(plan, config, choice, { levels, rounds, signal, pilots, onRun });
    comparison = comparisonOf(plan, choice, config, rounds, tried);
  } finally {
    tellOver("");
    interrupt.release();
  }
  const text = json ? JSON.stringify(comparison, null, 2) : comparisonText(comparison, process.stdout.columns ?? 120);
  process.stdout.write(`${text}\n`);
  return 0;
}
