import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { withBenchmarks } from "../src/readme-table.ts";
import type { BenchRecord, Race, Timed } from "../src/record.ts";

/** Pages that have the markers, and the records that they are made from. */
const PAGES: readonly (readonly [page: string, record: string])[] = [["README.md", "benchmarks/records/peers.json"]];

const PAGE = "# Title\n\n<!-- benchmarks:begin -->\n\nold\n\n<!-- benchmarks:end -->\n\nThe rest.\n";

/** 1,000 claims, so that CPU seconds are microseconds a claim times 1,000. */
function timed(contestant: string, ...nanoseconds: number[]): Timed {
  const samples = nanoseconds.map((value) => {
    return { mean: 1, sd: 1, seconds: 1, cpuSeconds: value * 1e-6, peakBytes: null, versions: {} };
  });
  return { contestant, status: "right", meanError: 0, sdError: 0, samples };
}

function recordOf(...races: Pick<Race, "workload" | "entries">[]): BenchRecord {
  return {
    format: 1,
    date: "2027-01-01",
    machine: { cpu: "Processor", cores: 2, memoryBytes: 8e9, system: "Linux 6, x64", node: "26.0.0" },
    rounds: 3,
    seed: 1,
    races: races.map((race) => ({ ...race, title: "", trials: 100, claimsPerTrial: 10, exact: null })),
  };
}

const record = recordOf(
  {
    workload: "W1",
    entries: [
      timed("naive", 60, 80, 70),
      { contestant: "cpp", status: "skipped", reason: "no g++" },
      timed("wasm", 5, 10, 7),
    ],
  },
  {
    workload: "W2",
    entries: [
      { contestant: "naive", status: "wrong", meanError: 9, sdError: 0, answers: [] },
      timed("cpp", 4),
      timed("wasm", 8),
    ],
  },
);

describe("the README's table", () => {
  test("replaces what is between the markers and nothing else", () => {
    const page = withBenchmarks(PAGE, record);
    expect(page).toMatch(/^# Title\n\n<!-- benchmarks:begin -->\n\n\|/);
    expect(page).toMatch(/\n\n<!-- benchmarks:end -->\n\nThe rest\.\n$/);
    expect(page).not.toContain("old");
    expect(withBenchmarks(page, record)).toBe(page);
  });

  test("workloads are columns, contestants rows, the fastest first; ratios are formed round by round", () => {
    const rows = withBenchmarks(PAGE, record)
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(rows).toEqual([
      ["CPU ns a claim (times as slow as `wasm`)", "W1", "W2"],
      [expect.stringMatching(/^-+$/), expect.stringMatching(/^-+:$/), expect.stringMatching(/^-+:$/)],
      ["`cpp`", "skipped", "4 (0.5)"],
      ["`wasm`", "7", "8"],
      // 60 / 5, 80 / 10 and 70 / 7; a wrong answer has no time.
      ["`naive`", "70 (10)", "wrong"],
    ]);
  });

  test("says where and when", () => {
    expect(withBenchmarks(PAGE, record)).toContain(
      "3 rounds side by side on one thread of Processor (2 cores, Linux 6",
    );
  });

  test("a page without markers is an error", () => {
    expect(() => withBenchmarks("# Title\n", record)).toThrow("<!-- benchmarks:begin -->");
  });

  test.each(PAGES)("%s is what %s gives", (page, from) => {
    const [text, json] = [page, from].map((path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));
    expect(withBenchmarks(text, JSON.parse(json) as BenchRecord)).toBe(text);
  });
});
