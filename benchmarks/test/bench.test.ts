import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readHistory } from "../src/history/history.ts";
import { main } from "../src/main.ts";
import type { BenchRecord, Entry } from "../src/record.ts";
import { keptTerminal } from "./terminal.ts";

const FAKES = join(import.meta.dirname, "contestants");
const folder = mkdtempSync(join(tmpdir(), "bench-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function bench(...args: string[]) {
  const terminal = keptTerminal();
  const json = join(folder, "record.json");
  const exitCode = await main([...args, "--json", json], terminal, FAKES);
  const text = readFileSync(json, "utf8");
  return { exitCode, ...terminal.printed, text, record: JSON.parse(text) as BenchRecord };
}

function entryOf(record: BenchRecord, contestant: string): Entry {
  return record.races[0].entries.find((entry) => entry.contestant === contestant)!;
}

describe("a race of fakes on W0", { timeout: 60_000 }, async () => {
  const { exitCode, out, err, text, record } = await bench("--workloads", "W0", "--trials", "2000", "--rounds", "2");

  test("a right answer has one sample a round", () => {
    const entry = entryOf(record, "naive");
    expect(entry.status).toBe("right");
    expect("samples" in entry && entry.samples).toHaveLength(2);
    expect(entry).toMatchObject({ meanError: 0, sdError: 0 });
    expect("samples" in entry && entry.samples[0].versions).toMatchObject({ fake: "1.0.0" });
  });

  test("a wrong answer has no time, in the table or the record, and the exit code is 1", () => {
    const entry = entryOf(record, "wrong");
    expect(entry.status).toBe("wrong");
    expect(JSON.stringify(entry)).not.toMatch(/seconds/i);
    // (23,294.5 − 17,918.8) / (22,991.7 / √4000) = 14.8 standard errors.
    expect(rowOf(out, "wrong")).toMatch(/^│ wrong +│ WRONG: mean \+14\.8 se, sd −0\.0 se +│$/);
    expect(exitCode).toBe(1);
    expect(err).toContain("wrong");
  });

  test("who lacks an interpreter's module is skipped, with the reason", () => {
    expect(entryOf(record, "uninstalled")).toMatchObject({
      status: "skipped",
      reason: "no Python with no_such_module_anywhere",
    });
    expect(rowOf(out, "uninstalled")).toContain("skipped: no Python with no_such_module_anywhere");
  });

  test("who does not compile is skipped, with the reason", () => {
    const reason = expect.stringMatching(/^(no g\+\+|g\+\+ failed: no_such_header_anywhere\.hpp: .+)$/);
    expect(entryOf(record, "uncompilable")).toMatchObject({ status: "skipped", reason });
  });

  test("who lacks a law is skipped, with the reason", () => {
    expect(entryOf(record, "sits-out")).toMatchObject({ status: "skipped", reason: "no law poisson" });
  });

  test("who fails, or prints something else than one line, has failed, with the reason", () => {
    expect(entryOf(record, "broken")).toMatchObject({ status: "failed", reason: "RangeError: out of luck" });
    expect(entryOf(record, "silent")).toMatchObject({ status: "failed", reason: "ended with 3" });
    expect(entryOf(record, "chatty")).toMatchObject({
      status: "failed",
      reason: "printed something else than one line of JSON",
    });
    expect(entryOf(record, "infinite")).toMatchObject({ status: "failed", reason: "printed no mean" });
  });

  test("the reference comes first, the others by name", () => {
    const names = record.races[0].entries.map(({ contestant }) => contestant);
    const others = ["broken", "chatty", "infinite", "silent", "sits-out", "uncompilable", "uninstalled", "wrong"];
    expect(names).toEqual(["naive", ...others]);
  });

  test("the record says what ran where, and neither whose machine it is nor a path", () => {
    expect(record).toMatchObject({ format: 1, rounds: 2, seed: 1 });
    expect(record.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(record.machine.cores).toBeGreaterThan(0);
    expect(record.machine.memoryBytes).toBeGreaterThan(0);
    expect(record.machine.node).toBe(process.versions.node);
    expect(record.races[0]).toMatchObject({ workload: "W0", trials: 2000, claimsPerTrial: 2.043476306093602 });
    expect(text).not.toContain(hostname());
    expect(text).not.toMatch(/[/\\](home|tmp|usr|work|Users)[/\\]/);
  });
});

test("--record adds the races to the history", { timeout: 60_000 }, async () => {
  const into = join(folder, "history");
  const args = ["--workloads", "W8", "--contestants", "naive,uninstalled", "--rounds", "2", "--record", into];
  const { out, record } = await bench(...args);
  const [file] = readdirSync(into);
  expect(out).toContain(`${join(into, file)}\n`);
  const [added] = readHistory(into);
  expect(added).toMatchObject({ date: record.date, machine: record.machine });
  expect(added.races).toMatchObject([
    {
      workload: "W8",
      entries: [
        { contestant: "naive", status: "unchecked", nanosecondsPerClaim: [expect.any(Number), expect.any(Number)] },
        { contestant: "uninstalled", status: "skipped" },
      ],
    },
  ]);
});

test("without a wrong or failed contestant the exit code is 0", { timeout: 60_000 }, async () => {
  const { exitCode, err } = await bench("--workloads", "W8", "--contestants", "naive,uninstalled", "--rounds", "1");
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
});

test("a workload without a closed form is shown as unchecked", { timeout: 60_000 }, async () => {
  const { out, record } = await bench("--workloads", "W8", "--contestants", "wrong", "--rounds", "1");
  expect(entryOf(record, "wrong").status).toBe("unchecked");
  expect(rowOf(out, "wrong")).toMatch(/^│ wrong +│ unchecked +│/);
});

function rowOf(table: string, contestant: string): string {
  return table.split("\n").find((line) => line.startsWith(`│ ${contestant} `))!;
}
