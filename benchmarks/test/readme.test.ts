import { readFileSync, readdirSync } from "node:fs";
import { makeBadge } from "badge-maker";
import { describe, expect, test } from "vitest";
import { historyRecord } from "../src/history/history-record.ts";
import { readHistory } from "../src/history/history.ts";
import { readmeTable } from "../src/readme-table.ts";
import { samplingFiles } from "../src/sampling-files.ts";
import type { SamplingRecord } from "../src/sampling-main.ts";
import { readmeFiles, withPart } from "../src/readme.ts";
import type { BenchRecord, Race, Timed } from "../src/record.ts";
import { recordWith } from "./history-records.ts";

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
  test("workloads are columns, contestants rows, the fastest first; ratios are formed round by round", () => {
    const rows = readmeTable(record)
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
    expect(readmeTable(record)).toContain("3 rounds side by side on one thread of Processor (2 cores, Linux 6");
  });
});

describe("a part of a page", () => {
  test("replaces what is between its markers and nothing else", () => {
    const page = withPart(PAGE, "benchmarks", "new\n");
    expect(page).toBe("# Title\n\n<!-- benchmarks:begin -->\n\nnew\n\n<!-- benchmarks:end -->\n\nThe rest.\n");
    expect(withPart(page, "benchmarks", "new")).toBe(page);
  });

  test.each(["# Title\n", "<!-- benchmarks:end -->\n<!-- benchmarks:begin -->\n"])("without markers: %j", (page) => {
    expect(() => withPart(page, "benchmarks", "")).toThrow("<!-- benchmarks:begin -->");
  });
});

const EMPTY = "<!-- badges:begin --><!-- badges:end -->\n<!-- benchmarks:begin --><!-- benchmarks:end -->\n";

describe("badges and picture", () => {
  const racing = recordOf({
    workload: "W1",
    entries: [timed("wasm", 5, 10, 7), timed("numpy-block-placement", 20, 20, 7)],
  });
  const agreement = {
    book: "A",
    trials: 9,
    backends: ["naive", "wasm"],
    promised: 1e-10,
    differing: 0,
    unexplained: 0,
  };
  const historyOf = (...parts: object[]) => parts.map((part) => historyRecord.parse(recordWith(part)));
  const filesOf = (...parts: object[]) => readmeFiles({ readme: EMPTY, peers: racing, history: historyOf(...parts) });
  const GREEN = /height="20" fill="#(?!555)\w+"/.exec(makeBadge({ message: "x", color: "green" }))![0];

  test("a badge that no record has the figure of is left out", () => {
    const files = filesOf();
    expect(Object.keys(files).filter((path) => path.includes("badge"))).toEqual(["docs/pictures/badge-speed.svg"]);
    expect(files["docs/pictures/badge-speed.svg"]).toContain("2 × as fast");
    expect(files["README.md"]).toContain("![one thread beside NumPy: 2 × as fast](docs/pictures/badge-speed.svg)");
  });

  test("the newest record that has it tells coverage and disagreement", () => {
    const files = filesOf(
      { coverage: { lines: 90, branches: 90, functions: 90 }, agreement: [{ ...agreement, worst: 1e-9 }] },
      { coverage: { lines: 99.5, branches: 97.25, functions: 98 } },
      {
        agreement: [
          { ...agreement, worst: 4e-14 },
          { ...agreement, backends: ["vectorized", "wasm"], promised: 0, worst: 0 },
        ],
      },
    );
    expect(files["docs/pictures/badge-coverage.svg"]).toContain("99.5 % of lines, 97.25 % of branches");
    expect(files["docs/pictures/badge-agreement.svg"]).toContain("4.0e-14");
    for (const name of ["coverage", "agreement"]) expect(files[`docs/pictures/badge-${name}.svg`]).toContain(GREEN);
  });

  test.each<[string, object]>([
    ["coverage", { coverage: { lines: 99, branches: 94.9, functions: 99 } }],
    ["agreement", { agreement: [{ ...agreement, worst: 2e-10 }] }],
    ["agreement", { agreement: [{ ...agreement, worst: null }] }],
    ["agreement", { agreement: [{ ...agreement, worst: 0, unexplained: 1 }] }],
    ["agreement", { agreement: [{ ...agreement, promised: 0, worst: 1e-16 }] }],
  ])("a promise that is not kept is not green: %s %j", (name, part) => {
    expect(filesOf(part)[`docs/pictures/badge-${name}.svg`]).not.toContain(GREEN);
  });

  test("the picture has every contestant that has a time, and is the same however many were drawn before", () => {
    const [first, second] = [filesOf(), filesOf()];
    for (const ground of ["light", "dark"]) {
      const svg = first[`docs/pictures/speed-${ground}.svg`];
      expect(svg).toMatch(/^<svg /);
      for (const { contestant } of racing.races[0].entries) expect(svg).toContain(`>${contestant}<`);
      expect(second[`docs/pictures/speed-${ground}.svg`]).toBe(svg);
    }
    expect(first["docs/pictures/speed-dark.svg"]).not.toBe(first["docs/pictures/speed-light.svg"]);
  });
});

describe("the README and its pictures are what the records give", () => {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  const peers = JSON.parse(read("benchmarks/records/peers.json")) as BenchRecord;
  const files = readmeFiles({ readme: read("README.md"), peers, history: readHistory() });

  test.each(Object.keys(files))("%s", (path) => expect(read(path)).toBe(files[path]));

  test("and no picture is left over", () => {
    const pictures = readdirSync(new URL("../../docs/pictures", import.meta.url)).map(
      (name) => `docs/pictures/${name}`,
    );
    const sampling = JSON.parse(read("benchmarks/records/sampling.json")) as SamplingRecord;
    expect(pictures.sort()).toEqual(
      [...Object.keys(files), ...Object.keys(samplingFiles(sampling))].filter((path) => path.endsWith(".svg")).sort(),
    );
  });
});
