import type { DuelReply } from "./duel-process.ts";
import { type RatioInterval, ratioInterval } from "./interval.ts";

/** Slower than this, with the whole interval, is a failure: what alignment and other luck of a build may be worth. */
export const SLOWDOWN = 1.03;
/** A case whose first ratio is above this is measured again, in fresh processes. */
const SUSPICIOUS = 1.02;
/** The probability that any interval of a run misses its ratio; shared among the cases. */
const MISSES = 0.05;

/** Processes that measure every case; those that measure the suspicious ones again; and how often these are added to. */
const SCREENING = 5;
const CONFIRMING = 6;
const CONFIRMATIONS = 4;

export type SpeedResult =
  | (RatioInterval & {
      readonly name: string;
      /** Slower and faster are said of a ratio whose whole interval is beyond 1.03, or below 1/1.03. */
      readonly status: "same" | "slower" | "faster";
      /** Processes that the figures are of. */
      readonly processes: number;
    })
  | { readonly name: string; readonly status: "missing"; readonly reason: string };

/** Measures the named cases in one fresh process. */
export type MeasureOnce = (names: readonly string[], seed: number) => Promise<DuelReply>;

/**
 * Judges every case. First all are measured in a few processes; a case that seems slower is then measured in others, until
 * its interval lies above the limit or its ratio below, and judged by those alone: of twenty cases the one that had the
 * worst luck is always among the suspicious, and its luck must not count twice.
 */
export async function judgeSpeed(
  names: readonly string[],
  measureOnce: MeasureOnce,
  seed: number,
): Promise<SpeedResult[]> {
  const options = { level: 1 - MISSES / names.length, seed };
  let process = 0;
  const measure = async (some: readonly string[], times: number, into: Map<string, number[][]>) => {
    const missing = new Map<string, string>();
    for (let i = 0; i < times; i++) {
      const reply = await measureOnce(some, seed + process++);
      for (const [name, found] of Object.entries(reply)) {
        if ("missing" in found) missing.set(name, found.missing);
        else into.set(name, [...(into.get(name) ?? []), [...found]]);
      }
    }
    return missing;
  };

  const screened = new Map<string, number[][]>();
  const missing = await measure(names, SCREENING, screened);
  const intervals = new Map([...screened].map(([name, ratios]) => [name, ratioInterval(ratios, options)]));
  let suspicious = [...intervals].filter(([, { ratio }]) => ratio > SUSPICIOUS).map(([name]) => name);

  const confirmed = new Map<string, number[][]>();
  for (let i = 0; i < CONFIRMATIONS && suspicious.length > 0; i++) {
    await measure(suspicious, CONFIRMING, confirmed);
    for (const name of suspicious) intervals.set(name, ratioInterval(confirmed.get(name)!, options));
    suspicious = suspicious.filter((name) => {
      const { ratio, low } = intervals.get(name)!;
      return ratio > SLOWDOWN && low <= SLOWDOWN;
    });
  }
  return names.map((name): SpeedResult => {
    const interval = intervals.get(name);
    if (interval === undefined) return { name, status: "missing", reason: missing.get(name) ?? "not measured" };
    const processes = (confirmed.get(name) ?? screened.get(name))!.length;
    return { name, ...interval, status: statusOf(interval), processes };
  });
}

function statusOf({ low, high }: RatioInterval): "same" | "slower" | "faster" {
  if (low > SLOWDOWN) return "slower";
  return high < 1 / SLOWDOWN ? "faster" : "same";
}
