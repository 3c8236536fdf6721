import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPortfolio, resolveConfig } from "@lossmill/core";
import { tableFromIPC } from "apache-arrow";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { afterAll, describe, expect, test } from "vitest";
import { lossesFile } from "../src/losses/losses-file.ts";
import { runSimulation } from "../src/run-simulation.ts";

const folder = mkdtempSync(join(tmpdir(), "lossmill-losses-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const portfolio = checkPortfolio({
  name: "=1+1, a name",
  currency: "EUR",
  policies: [
    { id: "a", frequency: { law: "poisson", lambda: 1 }, severity: { law: "lognormal", meanlog: 8, sdlog: 2 } },
  ],
});
// More rows than one Arrow batch and one chunk of text hold.
const TRIALS = 70_000;
const run = await runSimulation(portfolio, resolveConfig({ trials: TRIALS, seed: "11" }));
const { plan } = run;
const losses = run.losses!;

/** In pieces of a block. */
async function write(path: string, file = lossesFile(path)): Promise<void> {
  for (let start = 0; start < TRIALS; start += 4096) {
    const end = Math.min(start + 4096, TRIALS);
    const part = (array: Float64Array) => array.subarray(start, end);
    const rows = {
      total: part(losses.total),
      maxOccurrence: part(losses.maxOccurrence),
      claims: part(losses.claims),
      byPolicy: [],
    };
    await file.add({ start, ...rows }, plan);
  }
  await file.end(plan);
}

async function written(name: string): Promise<string> {
  const path = join(folder, name);
  await write(path);
  return path;
}

describe("the same numbers in every format, bit for bit", () => {
  test("CSV: a row a trial, shortest round-trip decimals", async () => {
    const text = readFileSync(await written("a.csv"), "utf8");
    const [head, ...rows] = text.trimEnd().split("\n");
    expect(head).toBe("trial,total,max_occurrence,claims");
    expect(rows).toHaveLength(TRIALS);
    rows.forEach((row, t) => {
      const cells = row.split(",").map(Number);
      if (cells[0] !== t || cells[1] !== losses.total[t] || cells[2] !== losses.maxOccurrence[t]) throw new Error(row);
      if (cells[3] !== losses.claims[t]) throw new Error(row);
    });
    // Nothing that a spreadsheet would take for a formula: only digits, and the points and exponents of numbers.
    expect(rows.every((row) => /^[\d.,e+-]+$/.test(row) && /^\d/.test(row))).toBe(true);
  });

  test("Arrow IPC", async () => {
    const table = tableFromIPC(readFileSync(await written("a.arrow")));
    expect(table.schema.fields.map(({ name }) => name)).toEqual(["trial", "total", "max_occurrence", "claims"]);
    expect(table.schema.metadata.get("lossmill.seed")).toBe("11");
    expect(table.batches).toHaveLength(2);
    expect(table.numRows).toBe(TRIALS);
    expect(Float64Array.from(table.getChild("total")!.toArray() as Float64Array)).toEqual(losses.total);
    expect(Float64Array.from(table.getChild("max_occurrence")!.toArray() as Float64Array)).toEqual(
      losses.maxOccurrence,
    );
    expect(Float64Array.from(table.getChild("claims")!.toArray() as Int32Array)).toEqual(losses.claims);
    const trials = table.getChild("trial")!.toArray() as BigInt64Array;
    expect([trials[0], trials.at(-1)]).toEqual([0n, BigInt(TRIALS - 1)]);
  });

  test("Parquet", async () => {
    const file = await asyncBufferFromFile(await written("a.parquet"));
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(TRIALS);
    rows.forEach((row, t) => {
      const same = row["trial"] === BigInt(t) && row["total"] === losses.total[t] && row["claims"] === losses.claims[t];
      if (!same || row["max_occurrence"] !== losses.maxOccurrence[t]) throw new Error(String(t));
    });
    const { key_value_metadata: metadata } = await parquetMetadataAsync(file);
    expect(metadata).toContainEqual({ key: "lossmill.portfolio", value: "=1+1, a name" });
  });
});

describe("what goes wrong leaves nothing behind", () => {
  const failing = (name: string) => {
    const path = join(folder, name);
    return { path, file: lossesFile(path) };
  };

  test("a write that fails: a clear error, no partial file", async () => {
    const { path, file } = failing("late.csv");
    // The name is free when checked and taken by a folder when written.
    mkdirSync(path);
    await expect(write(path, file)).rejects.toThrow(/--losses .*late\.csv: /);
    expect(readdirSync(folder).filter((name) => name.includes("partial"))).toEqual([]);
  });

  test("an existing file is replaced whole, or kept", async () => {
    const { path, file } = failing("kept.csv");
    writeFileSync(path, "mine");
    const broken = { start: 0, ...losses, total: null } as unknown as Parameters<typeof file.add>[0];
    await expect(file.add(broken, plan)).rejects.toThrow(/kept\.csv/);
    expect(readFileSync(path, "utf8")).toBe("mine");
    const left = lossesFile(path);
    await left.add({ start: 0, ...losses, byPolicy: [] }, plan);
    await left.abandon();
    expect(readFileSync(path, "utf8")).toBe("mine");
    expect(readdirSync(folder).filter((name) => name.includes("partial"))).toEqual([]);
    await write(path);
    expect(readFileSync(path, "utf8")).toMatch(/^trial,total/);
  });

  test.skipIf(process.getuid?.() === 0)("a folder that may not be written to", () => {
    const closed = join(folder, "closed");
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    expect(() => lossesFile(join(closed, "a.csv"))).toThrow(/permission denied/);
  });
});
