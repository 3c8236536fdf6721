import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Note, type BackendSettings, blockBytes, checkPortfolio, makePlan, resolveConfig } from "@lossmill/core";
import { afterAll, describe, expect, test } from "vitest";
import { lossesFile } from "../src/losses/losses-file.ts";
import { type MemoryTask, runMemory } from "../src/run-memory.ts";
import { runSimulation } from "../src/run-simulation.ts";
import type { RunOptions } from "../src/simulation.ts";

const folder = mkdtempSync(join(tmpdir(), "lossmill-memory-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A book of so many policies, no two alike. */
function bookOf(policies: number) {
  const severity = { law: "lognormal", meanlog: 8, sdlog: 1 };
  const policyOf = (i: number) => ({ id: `p${i}`, frequency: { law: "poisson", lambda: 0.1 + i / 1000 }, severity });
  return checkPortfolio({ name: "book", policies: Array.from({ length: policies }, (_, i) => policyOf(i)) });
}

const MB = 1e6;
const TABLES = 2 * MB;
const manyPolicies = makePlan(bookOf(1000), {
  seed: "1",
  trials: 1_000_000,
  outputs: ["total", "maxOccurrence", "claims", "byPolicy"],
});
const BLOCK = blockBytes(manyPolicies);

function decide(
  { threads = 4, ...given }: Partial<MemoryTask> & { readonly threads?: number },
  settings: BackendSettings = {},
) {
  const options: RunOptions = { byPolicy: true };
  const compiled = { buffer: new SharedArrayBuffer(TABLES) };
  const all = {
    plan: manyPolicies,
    compiled,
    choice: { threads, settings },
    config: resolveConfig(),
    options,
    limit: 8000 * MB,
  };
  return runMemory({ ...all, ...given });
}

describe("a run's memory", () => {
  test("a block by policy of 1,000 policies: all losses and threads, fewer threads, fewer losses", () => {
    expect(BLOCK).toBe(8 * 4096 * 1003);
    expect(decide({})).toMatchObject({ keep: null, settings: { windowBytes: expect.any(Number) } });
    expect(decide({}).settings.workers).toBeUndefined();
    const two = decide({ limit: 212 * MB });
    expect(two).toMatchObject({ keep: null, settings: { workers: 2 } });
    expect(two.reason).toMatch(/all losses kept; threads: 2 of 4, as no more fit, blocks ahead in at most/);
    const one = decide({ limit: 57 * MB });
    const keep = Math.floor((57 * MB - TABLES - BLOCK - 1000 * 200) / 40);
    expect(one.keep).toBe(keep);
    expect(one.settings).toEqual({ workers: 1 });
    expect(one.reason).toContain(`the largest ${keep} losses kept; threads: 1 of 4, as no more fit`);
  });

  test("whatever the limit, all of it stays below; where nothing fits, what would do does", () => {
    for (const isStream of [false, true]) {
      for (let limit = MB; limit < 500 * MB; limit += 3 * MB) {
        const options = { byPolicy: true, isStream };
        const attempt = (bytes: number) => decide({ limit: bytes, options });
        let told: RegExpExecArray | null = null;
        try {
          const { keep, settings } = attempt(limit);
          const kept = keep === null ? 24 * MB : 40 * keep;
          const { workers = 4, windowBytes = BLOCK } = settings;
          const threads = workers === 1 ? 0 : 30 * MB * workers;
          expect(kept + TABLES + threads + Math.max(windowBytes, workers * BLOCK)).toBeLessThanOrEqual(limit);
        } catch (error) {
          told = /by policy, of 1000, .* does not fit: (\d+) MB would do, the limit is/.exec((error as Error).message);
          expect(told).not.toBeNull();
          expect(() => attempt(Number(told![1]) * MB)).not.toThrow();
          expect(limit).toBeLessThan(Number(told![1]) * MB);
        }
      }
    }
  });

  test("losses that are asked for are not streamed; a file holds some back", () => {
    const keepsLosses = { byPolicy: true, keepsLosses: true };
    expect(() => decide({ options: keepsLosses, limit: 1000 * MB })).toThrow(/would fit; a stream keeps no losses/);
    const losses = {
      add: async () => {},
      save: async () => {
        throw new Error("no");
      },
      end: async () => {},
      abandon: async () => {},
    };
    const withFile = decide({ options: { byPolicy: true, isStream: true, losses }, limit: 50 * MB });
    const without = decide({ options: { byPolicy: true, isStream: true }, limit: 50 * MB });
    expect(without.keep! - withFile.keep!).toBe(200_000);
  });

  test("settings that were told are kept to, as far as they fit", () => {
    expect(decide({ threads: 3 }, { workers: 3, batchTrials: 9000 }).settings).toMatchObject({
      workers: 3,
      batchTrials: 9000,
    });
    expect(decide({ threads: 3, limit: 200 * MB }, { workers: 3 }).settings).toMatchObject({ workers: 2 });
    expect(decide({ threads: 1 }).settings).toEqual({});
  });
});

describe("losses that do not fit", () => {
  const config = { trials: 150_000, seed: "7", workers: 1 };
  const book = bookOf(20);

  async function run(memoryLimit: number, name: string) {
    const notes: string[] = [];
    const losses = lossesFile(join(folder, name));
    const options = { byPolicy: true, losses, onNote: ({ message }: Note) => void notes.push(message) };
    const {
      result,
      plan,
      losses: kept,
    } = await runSimulation(book, resolveConfig({ ...config, memoryLimit }), options);
    await losses.end(plan);
    return { result, notes, kept, file: readFileSync(join(folder, name)) };
  }

  test("are written, and policies have their figures, all the same; only the body is approximate", async () => {
    const whole = await run(1e9, "whole.arrow");
    const small = await run(11 * MB, "small.arrow");
    expect(whole.kept).not.toBeNull();
    expect(small.kept).toBeNull();
    expect(small.notes).toContain("streamed: the losses would not fit into memory");
    expect(small.notes.find((note) => note.startsWith("memory: "))).toMatch(
      /^memory: 11 MB of 11 MB: the largest \d{4,5} /,
    );
    expect(small.file.equals(whole.file)).toBe(true);
    expect(small.result.byPolicy).toEqual(whole.result.byPolicy);
    expect(small.result.mean).toEqual(whole.result.mean);
    const [median, , , , , , , , , , far] = small.result.quantiles;
    expect(far.var).toEqual(whole.result.quantiles[10].var);
    expect(median.var.approximate).toBe(2 ** -11);
  });
});
