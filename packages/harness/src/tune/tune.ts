import { type BackendSettings, type Knob, type Work, checkPortfolio, expectedWork, makePlan } from "@lossmill/core";
import { CALIBRATION_RUNS, type CalibrationRun, THREAD_RUNS } from "./calibration-runs.ts";
import { COSTS, type KernelCosts, type ThreadCosts, amountsOf, serialSeconds, sharedSeconds } from "./cost-model.ts";
import { fit } from "./fit.ts";
import { type TunedProfile, predict } from "./tuned-profile.ts";
import { sumOf } from "@lossmill/core/math";

/** One way to run a book. */
export interface TuneSetting {
  readonly kernel: string;
  /** 1 is this thread. */
  readonly workers: number;
  readonly batchTrials: number | null;
}

/** Runs a book in one way, as a user would, and returns the seconds from book to figures. */
export type Measure = (run: CalibrationRun, setting: TuneSetting) => Promise<number>;

export interface TuneOptions {
  /** Names of kernels. */
  readonly kernels: readonly string[];
  /** The settings that the backend on threads declares: those that are known here are searched. */
  readonly knobs: readonly Knob[];
  /** Threads that are tried at most. */
  readonly cores: number;
  readonly measure: Measure;
  /** How often everything is measured; of a run's times the lower quartile is taken. */
  readonly rounds: number;
  /** Called before each measurement with how many are done, of how many. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** What was measured, and what the profile predicts for it. */
export interface Measured {
  readonly run: string;
  readonly setting: TuneSetting;
  /** Seconds. */
  readonly measured: number;
  readonly predicted: number;
}

export interface Tuned {
  readonly profile: TunedProfile;
  readonly measured: readonly Measured[];
}

/** Trials taken at once that are tried; null leaves it to the backend. */
const BATCHES = [null, 4096, 65_536] as const;
/** What a batch must gain to be preferred to the backend's own choice. */
const BETTER_BATCH = 0.95;

/** Measures a machine by short runs, by turns, and fits what its runs cost. */
export async function tune(options: TuneOptions): Promise<Tuned> {
  const { kernels, cores } = options;
  const hasKnob = (name: keyof BackendSettings) => options.knobs.some((knob) => knob.name === name);
  const counts = hasKnob("workers") ? threadCounts(cores) : [];
  const here = kernels.map((kernel) => ({ kernel, workers: 1, batchTrials: null }));
  const measuredHere = await measureAll([...CALIBRATION_RUNS, ...THREAD_RUNS], () => here, options);
  const costs = Object.fromEntries(
    kernels.map((kernel) => [kernel, kernelCosts(measuredHere.filter(({ setting }) => setting.kernel === kernel))]),
  );
  const quickest = kernels.toSorted((a, b) => total(measuredHere, a) - total(measuredHere, b))[0];
  const batches = hasKnob("batchTrials") ? BATCHES : ([null] as const);
  const onThreads = await measureAll(
    THREAD_RUNS,
    (run) =>
      counts.flatMap((workers) =>
        // Batches matter most where blocks are smallest and threads are many.
        (run === THREAD_RUNS[0] && workers === cores ? batches : [null]).map((batchTrials) => ({
          kernel: quickest,
          workers,
          batchTrials,
        })),
      ),
    options,
  );
  const plain = onThreads.filter(({ setting }) => setting.batchTrials === null);
  const threads = counts.length === 0 ? null : threadCosts(costs[quickest], measuredHere, plain);
  const profile: TunedProfile = { format: 1, kernels: costs, threads, batchTrials: bestBatch(onThreads, cores) };
  const measured = [...measuredHere, ...plain].map(({ run, work, setting, seconds }) => ({
    run: run.name,
    setting,
    measured: seconds,
    predicted: predict(profile, work, setting.kernel, setting.workers)!,
  }));
  return { profile, measured };
}

/** 2, 4, 8 … and all. */
function threadCounts(cores: number): number[] {
  const counts: number[] = [];
  for (let count = 2; count < cores; count *= 2) counts.push(count);
  return cores > 1 ? [...counts, cores] : [];
}

interface Timed {
  readonly run: CalibrationRun;
  readonly work: Work;
  readonly setting: TuneSetting;
  readonly seconds: number;
}

/** Everything once a round, so that what disturbs the machine for a while disturbs all alike. */
async function measureAll(
  runs: readonly CalibrationRun[],
  settingsOf: (run: CalibrationRun) => readonly TuneSetting[],
  { measure, rounds, onProgress }: TuneOptions,
): Promise<Timed[]> {
  const cells = runs.flatMap((run) => {
    const work = workOf(run);
    return settingsOf(run).map((setting) => ({ run, work, setting, times: [] as number[] }));
  });
  for (let round = 0; round < rounds; round++) {
    for (const [i, { run, setting, times }] of cells.entries()) {
      onProgress?.(round * cells.length + i, rounds * cells.length);
      times.push(await measure(run, setting));
    }
  }
  return cells.map(({ times, ...cell }) => ({ ...cell, seconds: lowerQuartile(times) }));
}

/** What disturbs a run only makes it longer, and may last: a median of three rounds was once half as long again. */
function lowerQuartile(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 2];
}

function total(measured: readonly Timed[], kernel: string): number {
  return sumOf(measured, ({ setting, seconds }) => (setting.kernel === kernel ? seconds : 0));
}

function kernelCosts(measured: readonly Timed[]): KernelCosts {
  const found = fit(
    measured.map(({ work }) => amountsOf(work)),
    measured.map(({ seconds }) => seconds),
  );
  return Object.fromEntries(COSTS.map((cost, i) => [cost, found[i]])) as KernelCosts;
}

/** The efficiency under which start and threads explain the times best, in hundredths. */
function threadCosts(costs: KernelCosts, here: readonly Timed[], onThreads: readonly Timed[]): ThreadCosts {
  let best = { start: 0, perThread: 0, efficiency: 0, error: Infinity };
  for (let hundredths = 0; hundredths <= 100; hundredths++) {
    const found = startCosts(hundredths / 100, costs, here, onThreads);
    if (found.error < best.error) best = found;
  }
  const { error: _, ...threads } = best;
  return threads;
}

/** What starting threads costs if each adds `efficiency` to the speed of one, and how badly that explains the times. */
function startCosts(efficiency: number, costs: KernelCosts, here: readonly Timed[], onThreads: readonly Timed[]) {
  const computing = onThreads.map(({ run, work, setting: { kernel, workers } }) => {
    // As measured, and not as predicted: what threads bring is then not blurred by the model.
    const alone = here.find((other) => other.run === run && other.setting.kernel === kernel)!.seconds;
    const serial = Math.min(alone, serialSeconds(costs, work));
    const rounded = sharedSeconds(costs, work, workers) / sharedSeconds(costs, work, 1);
    return serial + ((alone - serial) * rounded) / (1 + efficiency * (workers - 1));
  });
  const times = onThreads.map(({ seconds }) => seconds);
  const more = onThreads.map(({ setting }) => setting.workers - 1);
  const [start, perThread] = fit(
    more.map((count) => [1, count]),
    times.map((seconds, i) => seconds - computing[i]),
    times,
  );
  const errors = times.map((seconds, i) => (computing[i] + start + perThread * more[i]) / seconds - 1);
  return { start, perThread, efficiency, error: sumOf(errors, (value) => value * value) };
}

/** The batch that beats the backend's own choice, if one does. */
function bestBatch(onThreads: readonly Timed[], cores: number): number | null {
  const tried = onThreads.filter(({ run, setting }) => run === THREAD_RUNS[0] && setting.workers === cores);
  const own = tried.find(({ setting }) => setting.batchTrials === null);
  if (own === undefined) return null;
  let best = own;
  for (const other of tried) if (other.seconds < best.seconds) best = other;
  return best.seconds < BETTER_BATCH * own.seconds ? best.setting.batchTrials : null;
}

function workOf({ name, policies, trials }: CalibrationRun): Work {
  return expectedWork(makePlan(checkPortfolio({ name, policies }), { trials, seed: "1" }));
}
