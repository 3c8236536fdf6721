import { expect, test } from "vitest";
import { progressMain } from "../src/progress-main.ts";
import { keptTerminal } from "./terminal.ts";

test("measures what telling costs, each way", async () => {
  const terminal = keptTerminal();
  expect(await progressMain(["--workloads", "small", "--trials", "300000", "--rounds", "1"], terminal)).toBe(0);
  expect(terminal.printed.out).toMatch(/small, 300000 trials: .* s of CPU in one thread/);
  expect(terminal.printed.out.match(/-v \d/g)).toHaveLength(7);
});

test("says what is wrong with an option", async () => {
  const terminal = keptTerminal();
  expect(await progressMain(["--trials", "1"], terminal)).toBe(2);
});
