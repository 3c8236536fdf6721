import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { samplingFiles } from "../src/sampling-files.ts";
import { type SamplingRecord, samplingMain } from "../src/sampling-main.ts";
import { keptTerminal } from "./terminal.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("the pictures are those of the record", () => {
  const record = JSON.parse(read("benchmarks/records/sampling.json")) as SamplingRecord;
  for (const [path, text] of Object.entries(samplingFiles(record))) expect(read(path), path).toBe(text);
});

test("every method is held against the exact answer, and Sobol's error falls faster than n^-0.75", async () => {
  const terminal = keptTerminal();
  const json = join(mkdtempSync(join(tmpdir(), "sampling-")), "record.json");
  const args = [
    "--workloads",
    "layered",
    "--methods",
    "plain,sobol,control,conditional",
    "--seeds",
    "3",
    "--trials",
    "16384",
  ];
  expect(await samplingMain([...args, "--json", json], terminal)).toBe(0);
  const { judged, convergence } = JSON.parse(readFileSync(json, "utf8")) as SamplingRecord;
  expect(judged).toHaveLength(15);
  const gain = (method: string) => judged.find((one) => one.method === method && one.figure === "mean")!.gain!;
  expect(gain("plain")).toBe(1);
  for (const { bias } of judged) expect(Math.abs(bias)).toBeLessThan(20);
  const [plain, sobol] = convergence.methods;
  expect(plain.slope).toBeCloseTo(-0.5, 1);
  expect(sobol.slope).toBeLessThan(-0.75);
  expect(terminal.printed.out).toMatch(/layered: sampling: conditional does nothing for this book: .*control.*mean/s);
});

test("an unknown workload is told, with those that there are", async () => {
  const terminal = keptTerminal();
  expect(await samplingMain(["--workloads", "W99"], terminal)).toBe(2);
  expect(terminal.printed.err).toMatch(/Found W99; allowed are W0/);
});
