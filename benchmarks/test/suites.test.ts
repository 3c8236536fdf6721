import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPortfolio, makePlan } from "@lossmill/core";
import { afterAll, describe, expect, test } from "vitest";
import { allSuites } from "../suites/index.ts";
import { claimsPerTrial, exactOf, policiesOf } from "../suites/suite.ts";
import { backends } from "../src/backends.ts";
import { type SuitesRecord, suitesMain } from "../src/suites-main.ts";
import { keptTerminal } from "./terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "suites-"));
afterAll(() => rmSync(folder, { recursive: true }));

const suites = allSuites({ trials: 1000, budget: 200_000 });
const byName = new Map(suites.map((suite) => [suite.name, suite]));

describe.each(suites)("$name", ({ cases, reference }) => {
  test.each(cases)("$name: a book that the door lets in, and that no rewrite merges", ({ policies, trials }) => {
    const portfolio = checkPortfolio({ name: "case", policies });
    const plan = makePlan(portfolio, { trials, seed: "1", optimizationLevel: 3 });
    expect(plan.lines).toHaveLength(policies.length);
  });

  test("has the case that the others are divided by", () => {
    if (reference !== undefined) expect(cases.map(({ name }) => name)).toContain(reference);
  });
});

describe("laws and terms", () => {
  const others = suites.filter(({ name }) => name !== "grid").flatMap(({ cases }) => cases);

  test.each(others)("$name: about 20 claims a trial, so that cases can be compared", ({ policies }) => {
    expect(claimsPerTrial(policies)).toBeGreaterThan(17.9);
    expect(claimsPerTrial(policies)).toBeLessThan(25.1);
  });

  test("every law has a finite mean and variance: its answer is checked", () => {
    for (const name of ["severity-laws", "count-laws"]) {
      for (const { policies } of byName.get(name)!.cases) {
        const { mean, sd } = exactOf(policies)!;
        expect(Number.isFinite(mean) && Number.isFinite(sd)).toBe(true);
      }
    }
  });

  test("the closed form is that of the compound law", () => {
    const frequency = { law: "poisson", lambda: 0.5 } as const;
    const policies = policiesOf(1, () => ({ frequency, severity: { law: "exponential", scale: 10 } }));
    // E[N] E[X] and λ E[X²].
    expect(exactOf(policies)).toEqual({ mean: 5, sd: 10, exkurt: null });
  });
});

test("the grid leaves out what is above the budget, and says so", () => {
  const { cases, leftOut } = byName.get("grid")!;
  expect(cases.map(({ name }) => name)).toEqual([
    "10 × 1,000",
    "10 × 10,000",
    "10 × 100,000",
    "100 × 1,000",
    "100 × 10,000",
    "1,000 × 1,000",
  ]);
  expect(leftOut).toHaveLength(10);
  expect(leftOut).toContain("10,000 × 1,000,000: 2,000,000,000 claims");
});

describe("bench:suites", () => {
  test("prints ns a claim and the ratio to the reference case, and keeps a record", { timeout: 60_000 }, async () => {
    const terminal = keptTerminal();
    const json = join(folder, "record.json");
    const args = ["--suites", "severity-laws", "--cases", "exponential", "--rounds", "2", "--trials", "2000"];
    expect(await suitesMain([...args, "--json", json], terminal)).toBe(0);
    const { out, err } = terminal.printed;
    expect(err).toBe("");
    for (const { name } of backends) expect(out).toContain(`${name}, ns a claim │ × lognormal`);
    expect(out).toMatch(/│ lognormal +│ +[\d.,]+ \([\d.,]+ to [\d.,]+\) │ +1 │/);
    expect(out).toMatch(/│ exponential +│ +[\d.,]+ \([\d.,]+ to [\d.,]+\) │ +[\d.]+ │/);
    const record = JSON.parse(readFileSync(json, "utf8")) as SuitesRecord;
    expect(record.suites.map(({ name }) => name)).toEqual(["severity-laws"]);
    const [{ races }] = record.suites;
    expect(races.map(({ workload }) => workload)).toEqual(["lognormal", "exponential"]);
    for (const { entries } of races) {
      expect(entries.map(({ contestant, status }) => `${contestant} ${status}`)).toEqual(
        backends.map(({ name }) => `${name} right`),
      );
    }
  });

  test.each([
    [["--suites", "laws"], "Found laws; allowed are grid, severity-laws, count-laws, terms."],
    [["--backends", "fast"], "Found fast; allowed are naive"],
    [["--budget", "0"], "Allowed is a whole number from 1 to 1000000000000."],
  ])("bad options are one line with what is allowed, and exit code 2: %j", async (args, message) => {
    const terminal = keptTerminal();
    expect(await suitesMain(args, terminal)).toBe(2);
    expect(terminal.printed.err).toContain(message);
    expect(terminal.printed.out).toBe("");
  });
});
