import { readFileSync, writeFileSync } from "node:fs";
import { LossmillError, SAMPLING_METHODS, type SamplingChoice } from "@lossmill/core";
import Table from "cli-table3";
import { Command } from "commander";
import { exact, simulate } from "lossmill";
import { type Terminal, exitCodeOf, listOf, optionsOf, wholeNumber } from "./command-line.ts";
import { type Convergence, convergence } from "./convergence.ts";
import { machineLine, thisMachine } from "./machine.ts";
import { allWorkloads } from "./workloads.ts";

interface Given {
  readonly workloads: readonly string[];
  readonly methods: readonly SamplingChoice[];
  readonly seeds: number;
  readonly trials: number;
  readonly json?: string;
}

const METHODS = ["plain", ...SAMPLING_METHODS] as const;
/** Levels whose VaR and TVaR are judged. */
const LEVELS = [0.99, 0.995];
/** The small typical book, each policy with a layer of its year: 20,000 in excess of 5,000. */
const LAYERED = "layered";

/** What `--json` keeps. */
export interface SamplingRecord {
  readonly machine: ReturnType<typeof thisMachine>;
  readonly judged: readonly Judged[];
  readonly convergence: Convergence;
}

/** One figure of a method over all seeds. */
interface Judged {
  readonly workload: string;
  readonly seeds: number;
  /** Of each run. */
  readonly trials: number;
  readonly method: string;
  readonly figure: string;
  readonly exact: number;
  /** The mean of the estimates less the exact value, in standard errors of that mean. */
  readonly bias: number;
  /** The part of the intervals that hold the exact value, of those that were told. */
  readonly covered: number;
  /** How many were, where not in all runs: too few trials tell none. */
  readonly told?: number;
  /** What one trial is worth in plain ones: plain variance over the method's, of the estimates themselves. */
  readonly gain: number | null;
}

/** Holds every method of sampling against the exact answer, over many seeds, and prints it. */
export function samplingMain(args: readonly string[], terminal: Terminal): Promise<number> {
  return exitCodeOf(() => judgeAll(readOptions(args), terminal), terminal);
}

function readOptions(args: readonly string[]): Given {
  const names = [...allWorkloads().map(({ name }) => name), LAYERED];
  const command = new Command("bench:sampling")
    .description("Holds mean, VaR and TVaR of each method of sampling against the exact answer, over many seeds.")
    .option("--workloads <names>", "separated by commas", listOf(names), ["W1", "W9", "small", LAYERED] as string[])
    .option("--methods <names>", "separated by commas", listOf(METHODS), [...METHODS] as string[])
    .option("--seeds <count>", "runs of each", wholeNumber(2, 100_000), 400)
    .option("--trials <count>", "of each run", wholeNumber(2, 1e9), 65_536)
    .option("--json <file>", "where to keep the record");
  return optionsOf(command, args) as Given;
}

async function judgeAll(given: Given, terminal: Terminal): Promise<number> {
  const machine = thisMachine();
  terminal.out(`${machineLine(machine)}\n${given.seeds} seeds, ${given.trials} trials each\n`);
  const judged: Judged[] = [];
  for (const workload of given.workloads) {
    const found = await judgeWorkload(workload, given, terminal);
    judged.push(...found);
    terminal.progress("");
    terminal.out(`\n${tableOf(found)}\n`);
  }
  const fall = await convergence();
  terminal.out(`\n${fall.title}: the error falls by the trials to the power\n`);
  for (const { method, slope } of fall.methods) terminal.out(`  ${method} ${slope.toFixed(2)}\n`);
  if (given.json !== undefined) {
    const record: SamplingRecord = { machine, judged, convergence: fall };
    writeFileSync(given.json, `${JSON.stringify(record, null, 2)}\n`);
  }
  return 0;
}

async function judgeWorkload(workload: string, given: Given, terminal: Terminal): Promise<Judged[]> {
  const book = bookOf(workload);
  const truth = figuresOf(exact(book, { at: LEVELS }));
  let plain: readonly number[] | null = null;
  let hasExactMean = false;
  const judged: Judged[] = [];
  for (const method of given.methods) {
    const runs: ReturnType<typeof figuresOf>[] = [];
    try {
      for (let seed = 1; seed <= given.seeds; seed++) {
        terminal.progress(`${workload}, ${method}: ${seed} of ${given.seeds}`);
        const { trials } = given;
        const config = { trials, seed: String(seed), sampling: method, workers: 1, tuning: "none" } as const;
        const result = await simulate(book, config, { at: LEVELS });
        runs.push(figuresOf(result));
        hasExactMean = result.exactMean !== null;
      }
    } catch (error) {
      // A method that does nothing for the book is no contestant.
      if (!(error instanceof LossmillError && error.code === "NOT_SUPPORTED")) throw error;
      terminal.out(`\n${workload}: ${error.message}\n`);
      continue;
    }
    const variances = truth.map((_, i) => varianceOf(runs.map((run) => run[i].value!)));
    if (method === "plain") plain = variances;
    truth.forEach(({ figure, value }, i) => {
      // A control that equals the total knows its mean, up to rounding.
      if (method === "control" && figure === "mean" && hasExactMean) return;
      const found = runs.map((run) => run[i]);
      const mean = found.reduce((sum, one) => sum + one.value!, 0) / found.length;
      const told = found.filter(({ low }) => low !== null);
      judged.push({
        workload,
        seeds: given.seeds,
        trials: given.trials,
        method,
        figure,
        exact: value!,
        bias: (mean - value!) / Math.sqrt(variances[i] / found.length),
        covered: told.filter(({ low, high }) => low! <= value! && value! <= high!).length / Math.max(told.length, 1),
        ...(told.length < found.length && { told: told.length }),
        gain: plain === null ? null : plain[i] / variances[i],
      });
    });
  }
  return judged;
}

interface Figures {
  readonly mean: Interval;
  readonly quantiles: readonly { readonly p: number; readonly var: Interval; readonly tvar: Interval }[];
}

interface Interval {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

function figuresOf({ mean, quantiles }: Figures): (Interval & { readonly figure: string })[] {
  return [
    { figure: "mean", ...mean },
    ...quantiles.flatMap(({ p, var: valueAtRisk, tvar }) => [
      { figure: `VaR ${100 * p} %`, ...valueAtRisk },
      { figure: `TVaR ${100 * p} %`, ...tvar },
    ]),
  ];
}

function bookOf(workload: string): unknown {
  const name = workload === LAYERED ? "small" : workload;
  const { book } = allWorkloads().find((one) => one.name === name)!;
  const portfolio = JSON.parse(readFileSync(book, "utf8")) as { policies: { terms?: object }[] };
  if (workload !== LAYERED) return portfolio;
  const aggregate = { deductible: 5000, limit: 20_000 };
  return { ...portfolio, policies: portfolio.policies.map((one) => ({ ...one, terms: { ...one.terms, aggregate } })) };
}

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1);
}

function tableOf(judged: readonly Judged[]): string {
  const head = ["workload", "method", "figure", "exact", "bias, in se", "covered", "one trial is worth"];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const { workload, method, figure, exact: value, bias, covered, told, gain } of judged) {
    const worth = gain === null ? "" : String(Number(gain.toPrecision(2)));
    const part = `${(100 * covered).toFixed(1)} %${told === undefined ? "" : ` of ${told}`}`;
    table.push([workload, method, figure, value.toFixed(0), bias.toFixed(2), part, worth]);
  }
  return table.toString();
}
