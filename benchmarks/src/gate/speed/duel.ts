import type { Run } from "./cases.ts";

export interface DuelOptions {
  /** CPU milliseconds that a side should take for one round. */
  readonly roundMs: number;
  /** CPU milliseconds that both sides run before the first pair. */
  readonly warmUpMs: number;
  /** Pairs of rounds; fewer, but never fewer than nine, where a single turn takes longer than a round should. */
  readonly pairs: number;
  readonly below: (limit: number) => number;
}

const FEWEST_PAIRS = 9;

/** What a duel needs of time: CPU milliseconds of this process so far. */
export type Clock = () => number;

/**
 * CPU time: what the machine spends on other people's work is not in it. Of this thread alone, where Node tells it, because
 * the compiler and the garbage collector work for both sides on other threads, now for one, now for the other.
 */
export const threadClock: Clock = () => {
  // Linux brings a thread's account up to date when the whole process's is asked for, and else some time later (4 ms).
  process.cpuUsage();
  return milliseconds(process.threadCpuUsage());
};

/** The same of all threads together, for what has threads of its own. */
export const processClock: Clock = () => milliseconds(process.cpuUsage());

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

/**
 * Runs two sides in pairs of short rounds, who begins being drawn for each pair, and returns the logarithms of how many
 * times as long the second took: what else happens on the machine falls on both alike. A round is as many turns on
 * one side as on the other.
 */
export async function duel(base: Run, head: Run, options: DuelOptions, clock: Clock): Promise<number[]> {
  const { below } = options;
  const { turns, ms } = await warmUp([base, head], options, clock);
  const pairs = Math.min(options.pairs, Math.max(FEWEST_PAIRS, Math.round((options.pairs * options.roundMs) / ms)));
  const ratios: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const [first, second] = below(2) === 0 ? [base, head] : [head, base];
    const a = await timeOf(first, pair * turns, turns, clock);
    const b = await timeOf(second, pair * turns, turns, clock);
    ratios.push(Math.log(first === base ? b / a : a / b));
  }
  return ratios;
}

/** Runs both sides in turn until they are warm, and returns the turns of a round, and about how long it takes. */
async function warmUp(sides: readonly Run[], { roundMs, warmUpMs }: DuelOptions, clock: Clock) {
  let turns = 1;
  let ms = roundMs;
  for (let spent = 0; spent < warmUpMs;) {
    let longest = 0;
    for (const side of sides) longest = Math.max(longest, await timeOf(side, 0, turns, clock));
    ms = Math.max(roundMs, longest);
    spent += sides.length * longest;
    // At most doubled: the first turns are slow, and say little of the later ones.
    const wished = Math.round((turns * roundMs) / Math.max(longest, 1e-3));
    turns = Math.max(1, Math.min(2 * turns, wished));
  }
  return { turns, ms };
}

async function timeOf(run: Run, from: number, turns: number, clock: Clock): Promise<number> {
  const begun = clock();
  for (let turn = from; turn < from + turns; turn++) {
    const running = run(turn);
    // Waiting costs a turn of the event loop, which what is synchronous should not pay for.
    if (running instanceof Promise) await running;
  }
  return Math.max(clock() - begun, 1e-3);
}
