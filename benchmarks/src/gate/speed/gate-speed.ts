import type { GateReport, Trees } from "../gate-report.ts";
import { speedCases } from "./cases.ts";
import { measureOnceOf } from "./measure-once.ts";
import { type MeasureOnce, SLOWDOWN, type SpeedResult, judgeSpeed } from "./speed-gate.ts";

/** Measures both trees on every case. `starting` is told of each process. */
export async function gateSpeed(
  { base, head }: Trees,
  seed: number,
  starting: (what: string) => void,
): Promise<GateReport> {
  const measureOnce = measureOnceOf(base, head);
  const names = speedCases().map(({ name }) => name);
  let processes = 0;
  const measure: MeasureOnce = (some, own) => {
    starting(`process ${++processes}, ${some.length === names.length ? "every case" : some.join(", ")}`);
    return measureOnce(some, own);
  };
  return speedReport(await judgeSpeed(names, measure, seed));
}

export function speedReport(results: readonly SpeedResult[]): GateReport {
  const problems = results.flatMap((result) => {
    if (result.status === "slower") {
      return [`${result.name}: takes ${times(result.ratio)} times as long, ${bounds(result)}`];
    }
    // What only the base lacks is new.
    const isLost = result.status === "missing" && result.reason.startsWith("head: ");
    return isLost ? [`${result.name}: does not run; ${result.reason}`] : [];
  });
  const notes = results.flatMap((result) =>
    result.status === "missing" && result.reason.startsWith("base: ") ? [`${result.name}: ${result.reason}`] : [],
  );
  return {
    gate: "speed",
    passed: problems.length === 0,
    problems,
    notes,
    head: ["case", "head / base", "interval", "verdict"],
    rows: results.map((result) =>
      result.status === "missing"
        ? [result.name, "", "", "missing"]
        : [result.name, times(result.ratio), bounds(result), result.status],
    ),
    figures: { limit: SLOWDOWN, cases: results },
  };
}

function times(ratio: number): string {
  return ratio.toFixed(3);
}

function bounds({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${times(low)} to ${times(high)}`;
}
