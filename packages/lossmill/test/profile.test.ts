import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vectorized from "@lossmill/backend-vectorized";
import * as wasm from "@lossmill/backend-wasm";
import { type Backend, type Kernel, checkPortfolio, makePlan } from "@lossmill/core";
import { type ProfileOptions, profile } from "@lossmill/harness/profile";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PLANTED, freshlySlowed, namedFirst, noReducer } from "../../../tools/testing/slowed.ts";
import { main } from "../src/main.ts";
import type { ProfileResult } from "../src/profile-result.ts";

const folder = mkdtempSync(join(tmpdir(), "lossmill-profile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1 };
const claims = { frequency: { law: "poisson", lambda: 2 }, severity: lognormal };

describe("the command", () => {
  const book = join(folder, "book.json");
  const policies = [
    { id: "small", ...claims },
    { id: "large", copies: 30, ...claims, terms: { aggregate: { limit: 1e5 } } },
  ];
  writeFileSync(book, JSON.stringify({ name: "Book", policies }));

  let stdout = "";
  let stderr = "";
  beforeEach(() => {
    stdout = stderr = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => ((stdout += String(text)), true));
    vi.spyOn(process.stderr, "write").mockImplementation((text) => ((stderr += String(text)), true));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });
  const run = (...args: string[]) => main(["profile", book, "--trials", "20000", "--seed", "7", ...args]);

  test("--json and --out: stages, functions, lines, what the plan's lines draw, and a profile for viewers", async () => {
    const out = join(folder, "new", "out");
    expect([await run("--json", "--out", out), stderr]).toEqual([0, ""]);
    const { stages, functions, lines, planLines, ...rest } = JSON.parse(stdout) as ProfileResult & {
      readonly cpuProfile: string;
    };
    expect(rest).toMatchObject({ portfolio: "Book", trials: 20_000, seed: "7", backend: "wasm", optimizationLevel: 3 });
    expect(stages.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(functions.reduce((sum, { samples }) => sum + samples, 0)).toBe(rest.samples);
    expect(lines.length).toBeGreaterThan(0);
    expect(planLines.map(({ id, policies: count }) => [id, count])).toEqual([
      ["large", 30],
      ["small", 1],
    ]);
    expect(planLines[0].share).toBeCloseTo(30 / 31, 3);
    expect(rest.cpuProfile).toBe(join(out, "book-wasm.cpuprofile"));
    expect(readdirSync(out)).toEqual(["book-wasm.cpuprofile"]);
    expect(JSON.parse(readFileSync(rest.cpuProfile, "utf8"))).toMatchObject({ nodes: expect.any(Array) });
  });

  test("tables for a person", async () => {
    expect([await run("--backend", "vectorized"), stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/20,000 years · seed 7 · vectorized, level 3 · [\d,]+ samples in \d+\.\d\d s/);
    for (const stage of ["plan", "prepare", "random", "counts", "severities", "terms", "reduce", "other"]) {
      expect(stdout).toMatch(new RegExp(`^${stage} +\\d+\\.\\d % +\\d+\\.\\d % +\\d+\\.\\d{3}$`, "m"));
    }
    expect(stdout).toMatch(/^ *\d+\.\d % +[a-z]+ +\S+\.ts:\d+ {2}\S/m);
    expect(stdout).toMatch(/9\d\.\d % +30 +large/);
    expect(stdout).toMatch(/--out DIR writes the profile/);
  });

  test.each([
    [["--backend", "workers"], /profile watches one thread; expected auto, wasm, vectorized, naive, found workers/],
    [["--backend", "gpu"], /backend: unknown "gpu"; known are auto, wasm, vectorized, naive/],
    [["--backend", "wasm", "--use-wasm", "false"], /useWasm: expected true with backend wasm/],
    [["--trials", "none"], /trials: expected a whole number/],
    [["--trials", "1e9", "--memory-limit", "1MB"], /memoryLimit: 1000000000 trials need/],
    [["--out", book], /book\.json: .*exist/],
    [["--workers", "2"], /unknown option '--workers'/],
  ])("%j is refused in one line", async (args, message) => {
    expect([await run(...args), stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(readdirSync(folder).filter((name) => name.includes("cpuprofile"))).toEqual([]);
  });

  test("a book that is not there", async () => {
    const missing = join(folder, "missing.json");
    expect([await main(["profile", missing, "--out", join(folder, "never")]), stdout]).toEqual([2, ""]);
    expect(stderr).toBe(`lossmill: ${missing}: no such file or folder\n`);
    expect(readdirSync(folder)).not.toContain("never");
  });
});

const limited = { occurrence: { deductible: 500, limit: 50_000 } };

function profileOf(
  { kernel, backend }: { readonly kernel: Kernel; readonly backend: Backend },
  policies: readonly object[],
  trials: number,
  more: Partial<ProfileOptions>,
) {
  const plan = () => makePlan(checkPortfolio({ name: "book", policies }), { trials, seed: "1" });
  return profile({ kernel, promises: backend, plan, ...more });
}

describe.each([
  ["wasm", wasm],
  ["vectorized", vectorized],
] as const)("%s", (_, backend) => {
  test("its passes are told apart", async () => {
    const aggregate = { ...limited, aggregate: { limit: 200_000 } };
    const book = [
      { id: "a", copies: 20, ...claims, frequency: { law: "negativeBinomial", size: 20, prob: 0.5 }, terms: aggregate },
    ];
    const { stages, functions } = await profileOf(backend, book, 40_960, { reduce: noReducer });
    for (const stage of ["random", "counts", "severities", "terms", "reduce"]) {
      expect(stages.find((one) => one.stage === stage)!.samples, stage).toBeGreaterThan(0);
    }
    if (backend !== wasm) return;
    // Where V8 or the compiler has inlined the passes, all of it is the outer function's.
    const samplesOf = (pass: string) => functions.find(({ name }) => name === pass)?.samples ?? 0;
    expect(5 * samplesOf("tally/addRunsToSums")).toBeGreaterThan(samplesOf("index/perTrial"));
  });

  test("a slow summary is named first", async () => {
    const { slowMath } = await freshlySlowed();
    let mend = () => {};
    const slow: Partial<ProfileOptions> = {
      async reduce(plan, parts) {
        const { collect, report, existingMoments } = await import("@lossmill/core");
        const { summary, losses } = await collect(plan, parts);
        mend = slowMath(["max", "min"]);
        report({ summary: summary!, ...losses, exists: existingMoments(plan) });
      },
    };
    const found = await profileOf(backend, [{ id: "a", ...claims, terms: limited }], 100_000, slow).finally(() =>
      mend(),
    );
    expect(namedFirst(found)).toEqual(["reduce", expect.stringMatching(PLANTED)]);
  });

  test("a slow law is named first: one that is asked for claims that no table holds", async () => {
    const { slowMathIn } = await freshlySlowed();
    const severity = { law: "mixture", weights: [0.5, 0.5], components: [lognormal, { law: "constant", value: 4000 }] };
    const slow = slowMathIn(backend.kernel, ["abs", "max", "min", "sqrt"]);
    const found = await profileOf(backend, [{ id: "a", frequency: { law: "poisson", lambda: 2 }, severity }], 8192, {
      kernel: slow,
      reduce: noReducer,
    });
    expect(namedFirst(found)).toEqual(["severities", expect.stringMatching(PLANTED)]);
  });
});

test("vectorized: a slow term is named first", async () => {
  const { slowMathIn } = await freshlySlowed();
  const slow = slowMathIn(vectorized.kernel, ["min"]);
  const found = await profileOf(vectorized, [{ id: "a", ...claims, terms: limited }], 8192, {
    kernel: slow,
    reduce: noReducer,
  });
  expect(namedFirst(found)).toEqual(["terms", expect.stringMatching(PLANTED)]);
});
