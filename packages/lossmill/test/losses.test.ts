import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPortfolio, resolveConfig } from "@lossmill/core";
import { tableFromIPC } from "apache-arrow";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { afterAll, describe, expect, test } from "vitest";
import { lossesFile } from "../src/losses/losses-file.ts";
import { fileMetadata } from "../src/losses/metadata.ts";
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
const run = await runSimulation(portfolio, resolveConfig({ trials: TRIALS, seed: "11" }), { keepsLosses: true });
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
    expect(table.schema.metadata.get("lossmill.generator")).toBe("pcg64");
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

test("CSV: the bytes of a plain run, whose trials have no weights, are those of this recipe of amounts", async () => {
  const bytes = readFileSync(await written("plain.csv"));
  const sum = "c64a88dc19801f2b9fdc73ca4df9fd335442fb63e58b4724fb10bd9c4b213a43";
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(sum);
});

describe("weighted trials", () => {
  const sampled = { trials: TRIALS, seed: "11", sampling: "importance", samplingLevel: 0.99 } as const;
  const sample = async (name: string) => {
    const path = join(folder, name);
    const file = lossesFile(path);
    const simulation = await runSimulation(portfolio, resolveConfig(sampled), { losses: file });
    await file.end(simulation.plan);
    return { path, ...simulation };
  };

  /** What whoever reads the file makes of it: the mean of weight · total, and its standard error between pairs. */
  function meanOf(total: Float64Array, weight: Float64Array) {
    const pairs = Float64Array.from({ length: total.length / 2 }, (_, i) => {
      return (weight[2 * i] * total[2 * i] + weight[2 * i + 1] * total[2 * i + 1]) / 2;
    });
    const mean = pairs.reduce((sum, x) => sum + x, 0) / pairs.length;
    const square = pairs.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (pairs.length - 1);
    return { mean, se: Math.sqrt(square / pairs.length) };
  }

  test("CSV: a column after the claims, with which the mean of the file is that of the report", async () => {
    const { path, losses: kept, result } = await sample("weighted.csv");
    const [head, ...rows] = readFileSync(path, "utf8").trimEnd().split("\n");
    expect(head).toBe("trial,total,max_occurrence,claims,weight");
    const cells = rows.map((row) => row.split(",").map(Number));
    const column = (i: number) => Float64Array.from(cells, (row) => row[i]);
    expect(column(1)).toEqual(kept!.total);
    expect(column(4)).toEqual(kept!.weight);
    const { mean, se } = meanOf(column(1), column(4));
    // The report also takes off what the weights' own mean, known to be 1, tells.
    expect(Math.abs(mean - result.mean.value!)).toBeLessThan(3 * se);
    expect(Math.abs(mean - result.exactMean!)).toBeLessThan(4 * se);
    const unweighted = kept!.total.reduce((sum, x) => sum + x, 0) / TRIALS;
    expect(Math.abs(unweighted - result.mean.value!)).toBeGreaterThan(20 * se);
  });

  test("Arrow: batches are as many rows shorter, metadata says how to ask again", async () => {
    const { path, losses: kept } = await sample("weighted.arrow");
    const read = tableFromIPC(readFileSync(path));
    expect(read.schema.fields.map(({ name }) => name)).toEqual([
      "trial",
      "total",
      "max_occurrence",
      "claims",
      "weight",
    ]);
    expect(read.batches.map(({ numRows }) => numRows)).toEqual([49_152, TRIALS - 49_152]);
    expect(read.schema.metadata.get("lossmill.sampling")).toBe("importance");
    expect(read.schema.metadata.get("lossmill.samplingLevel")).toBe("0.99");
    expect(Float64Array.from(read.getChild("weight")!.toArray() as Float64Array)).toEqual(kept!.weight);
    expect(Float64Array.from(read.getChild("total")!.toArray() as Float64Array)).toEqual(kept!.total);
  });

  test("Parquet", async () => {
    const { path, losses: kept } = await sample("weighted.parquet");
    const file = await asyncBufferFromFile(path);
    const rows = await parquetReadObjects({ file });
    expect(Float64Array.from(rows, (row) => row["weight"] as number)).toEqual(kept!.weight);
    expect(Float64Array.from(rows, (row) => row["max_occurrence"] as number)).toEqual(kept!.maxOccurrence);
    const { key_value_metadata: metadata } = await parquetMetadataAsync(file);
    expect(metadata).toContainEqual({ key: "lossmill.sampling", value: "importance" });
    expect(metadata).toContainEqual({ key: "lossmill.samplingLevel", value: "0.99" });
  });

  test("a precision that takes several runs: each year once", async () => {
    const path = join(folder, "precise.csv");
    const file = lossesFile(path);
    const until = "tvar99 < 0.3%";
    const precise = await runSimulation(portfolio, resolveConfig({ seed: "3", sampling: "importance" }), {
      until,
      losses: file,
    });
    await file.end(precise.plan);
    expect(precise.result.trials).toBeGreaterThan(65_536);
    const rows = readFileSync(path, "utf8").trimEnd().split("\n").slice(1);
    expect(rows).toHaveLength(precise.result.trials);
    rows.forEach((row, t) => {
      if (!row.startsWith(`${t},${precise.losses!.total[t]},`)) throw new Error(row);
    });
  });

  test("methods without weights: the columns of plain runs, and their name", () => {
    const metadata = fileMetadata({ ...plan, sampling: { method: "sobol", replicates: 16 } });
    expect(metadata.get("lossmill.sampling")).toBe("sobol");
    expect(metadata.has("lossmill.samplingLevel")).toBe(false);
    expect(fileMetadata(plan).has("lossmill.sampling")).toBe(false);
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
