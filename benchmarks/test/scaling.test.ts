import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { scalingMain } from "../src/scaling-main.ts";
import { keptTerminal } from "./terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "scaling-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("measures threads beside threads that do arithmetic, and keeps a record", async () => {
  const json = join(folder, "scaling.json");
  const terminal = keptTerminal();
  const args = ["--workloads", "W7", "--workers", "2,3", "--rounds", "1", "--claims", "100000", "--json", json];
  expect(await scalingMain(args, terminal)).toBe(0);
  expect(terminal.printed.out).toMatch(/two blocks of W7: .* ms here, .* ms on two threads, .* ms when/);
  const { scalings, smallJob } = JSON.parse(readFileSync(json, "utf8"));
  expect(scalings).toMatchObject([
    { workload: "W7", workers: 2 },
    { workload: "W7", workers: 3 },
  ]);
  for (const { speedup, control, ratio } of scalings) {
    expect(ratio.median).toBeCloseTo(speedup.median / control.median, 10);
  }
  expect(smallJob.threads.median).toBeGreaterThan(0);
});

test("says what is wrong with an option", async () => {
  const terminal = keptTerminal();
  expect(await scalingMain(["--workers", "1"], terminal)).toBe(2);
  expect(terminal.printed.err).toMatch(/Found 1; allowed are 2, 3/);
});
