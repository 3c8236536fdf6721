import { describe, expect, test } from "vitest";
import { type Entry, type Race, type Timed, figuresOf, timesAsFast } from "../src/record.ts";
import { spreadOf } from "../src/spread.ts";
import { raceTable } from "../src/table.ts";

describe("spreadOf", () => {
  test("the middle value, or the mean of the two in the middle", () => {
    expect(spreadOf([10, 2, 3])).toEqual({ median: 3, low: 2, high: 10 });
    expect(spreadOf([10, 2, 3, 4])).toEqual({ median: 3.5, low: 2, high: 10 });
    expect(spreadOf([7])).toEqual({ median: 7, low: 7, high: 7 });
  });
});

function timed(contestant: string, seconds: number[], peaks: (number | null)[]): Timed {
  const samples = seconds.map((value, i) => {
    return { mean: 1, sd: 1, seconds: value * 2, cpuSeconds: value, peakBytes: peaks[i], versions: {} };
  });
  return { contestant, status: "right", meanError: 0, sdError: null, samples };
}

function raceOf(...entries: Entry[]): Race {
  return { workload: "W", title: "a book", trials: 1000, claimsPerTrial: 50, exact: null, entries };
}

describe("figuresOf", () => {
  const naive = timed("naive", [4, 6, 8], [1e6, 3e6, 2e6]);
  const fast = timed("fast", [1, 3, 1], [null, null, null]);
  const race = raceOf(naive, fast);

  test("trials a second by the clock, ns a claim by CPU time, the largest memory", () => {
    const { trialsPerSecond, nanosecondsPerClaim, peakBytes } = figuresOf(race, naive);
    expect(trialsPerSecond).toBe(1000 / 12);
    expect(nanosecondsPerClaim).toEqual({ median: 120_000, low: 80_000, high: 160_000 });
    expect(peakBytes).toBe(3e6);
  });

  test("ratios are formed round by round: 4, 2 and 8, not medians' 6", () => {
    expect(timesAsFast(fast, naive)).toEqual({ median: 4, low: 2, high: 8 });
    expect(figuresOf(race, fast).peakBytes).toBeNull();
  });

  test("no ratio to a reference that has no time", () => {
    const wrong = { contestant: "naive", status: "wrong", meanError: 9, sdError: null, answers: [] } as const;
    const table = raceTable(raceOf(wrong, fast), "naive");
    expect(table).toMatch(/fast +│ right: mean \+0\.0 se +│ +500 │ .* │ unknown │ +│/);
  });

  test("a reference that is not the first: the others are that many times as slow", () => {
    const table = raceTable(race, "fast");
    expect(table).toContain("fast is … times as fast");
    expect(table).toMatch(/naive +│ .* │ +4 \(2 to 8\) │/);
    expect(table).toMatch(/fast +│ .* │ +1 │/);
  });

  test("the table prints three digits, groups of thousands, medians with their range", () => {
    const table = raceTable(race, "naive");
    expect(table).toContain("W  a book; 1,000 trials, 50 claims each");
    expect(table).toMatch(/naive +│ right: mean \+0\.0 se │ +83 │ 120,000 \(80,000 to 160,000\) │ +3 MB │ +1 │/);
    expect(table).toMatch(/fast +│ .* │ +500 │ +20,000 \(20,000 to 60,000\) │ unknown │ +0\.25 \(0\.125 to 0\.5\) +│/);
  });
});
