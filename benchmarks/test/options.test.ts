import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { main } from "../src/main.ts";
import { parseOptions } from "../src/options.ts";
import { allWorkloads } from "../src/workloads.ts";
import { keptTerminal } from "./terminal.ts";

const FILES = [
  { name: "naive", file: "naive.ts" },
  { name: "other", file: "other.py" },
];

function parse(...args: string[]) {
  return parseOptions(args, allWorkloads(), FILES);
}

function coursesOf(...args: string[]): string[] {
  return parse(...args).courses.map(({ workload, trials }) => `${workload.name} ${trials}`);
}

describe("what is run", () => {
  test("by default every workload and every contestant", () => {
    const { courses, contestants } = parse();
    expect(courses.map(({ workload }) => workload)).toEqual(allWorkloads());
    expect(contestants).toEqual(FILES);
  });

  test("a scale is a share of the full number of trials, in blocks of 4,096, one at least", () => {
    expect(coursesOf("--workloads", "W1,W4", "--scale", "0.5")).toEqual(["W1 10002432", "W4 12288"]);
    expect(coursesOf("--workloads", "W4", "--scale", "0.001")).toEqual(["W4 4096"]);
  });

  test("numbers of trials are races of their own", () => {
    expect(coursesOf("--workloads", "small,W0", "--trials", "1000,77")).toEqual([
      "W0 1000",
      "W0 77",
      "small 1000",
      "small 77",
    ]);
  });

  test("contestants, rounds, seed and record", () => {
    const options = parse("--contestants", "other", "--rounds", "9", "--seed", "0", "--json", "mine.json");
    expect(options).toMatchObject({ contestants: [FILES[1]], rounds: 9, seed: 0, json: "mine.json" });
  });
});

describe("whom the others are compared with", () => {
  const withWasm = [...FILES, { name: "wasm", file: "wasm.ts" }];
  test.each([
    ["the first", FILES, [], "naive"],
    ["the first of those that run", FILES, ["--contestants", "other"], "other"],
    ["wasm where it runs", withWasm, [], "wasm"],
    ["the first where wasm does not", withWasm, ["--contestants", "naive,other"], "naive"],
    ["the one asked for", withWasm, ["--against", "other"], "other"],
  ])("%s", (_, files, args, against) => {
    expect(parseOptions(args, allWorkloads(), files).against).toBe(against);
  });
});

describe("bad options are one line with what is allowed, and exit code 2", () => {
  test.each([
    [["--workloads", "W11"], "Found W11; allowed are W0, W1, "],
    [["--contestants", "fast"], "Found fast; allowed are naive, broken, "],
    [["--against", "fast"], "Found fast; allowed are the contestants naive, broken, "],
    [
      ["--contestants", "naive,wrong", "--against", "broken"],
      "Found broken; allowed are the contestants naive, wrong.",
    ],
    [["--rounds", "0"], "Allowed is a whole number from 1 to 1000."],
    [["--rounds", "2.5"], "Allowed is a whole number from 1 to 1000."],
    [["--trials", "1000,x"], "Allowed is a whole number from 2 to 1000000000."],
    [["--scale", "0"], "Allowed is a number above 0, at most 100."],
    [["--scale", "much"], "Allowed is a number above 0, at most 100."],
    [["--seed", "-1"], "Allowed is a whole number from 0 to 1000000000."],
    [["--speed", "1"], "unknown option '--speed'"],
    [
      ["--speed", "1"],
      "options are --workloads, --contestants, --against, --rounds, --scale, --trials, --seed, --json, --record",
    ],
    [["--rounds"], "argument missing"],
    [["W1"], "too many arguments"],
  ])("%j", async (args, message) => {
    const terminal = keptTerminal();
    const exitCode = await main(args, terminal, join(import.meta.dirname, "contestants"));
    expect(exitCode).toBe(2);
    expect(terminal.printed.out).toBe("");
    expect(terminal.printed.err).toContain(message);
    expect(terminal.printed.err.trimEnd()).not.toContain("\n");
  });

  test("--help is no error", async () => {
    const terminal = keptTerminal();
    expect(await main(["--help"], terminal)).toBe(0);
    expect(terminal.printed.out).toContain("--contestants <names>");
  });
});
