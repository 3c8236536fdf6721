import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { LEVELS } from "@lossmill/core";
import { captured } from "./captured.ts";
import { example, lossmill } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "lossmill-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const book = join(folder, "book.json");
const claims = { frequency: { law: "poisson", lambda: 2 }, severity: { law: "lognormal", meanlog: 8, sdlog: 1 } };
writeFileSync(
  book,
  JSON.stringify({ name: "Small book", currency: "USD", policies: [{ id: "a", copies: 10, ...claims }] }),
);

const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await lossmill(["simulate", book, "--json", ...args]);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
};

describe("simulate", () => {
  test("--json: every field, the same answer for the same seed", async () => {
    const result = await json("--trials", "1e4", "--seed", "42");
    expect(result).toMatchObject({
      portfolio: "Small book",
      currency: "USD",
      trials: 10_000,
      complete: true,
      seed: "42",
      backend: "wasm",
      optimizationLevel: 3,
    });
    expect(result.quantiles.map(({ p }: { p: number }) => p)).toEqual(LEVELS);
    // The exact mean, sd, VaR 99 % and TVaR 99 % of the typical small book, gross.
    for (const [figure, exact] of [
      [result.mean, 98_295.377],
      [result.sd, 36_238.093],
      [result.quantiles[6].var, 206_008],
      [result.quantiles[6].tvar, 235_299.2],
    ]) {
      expect(Math.abs(figure.value - exact)).toBeLessThan(4 * figure.se);
      expect(figure.low).toBeLessThan(figure.value);
      expect(figure.high).toBeGreaterThan(figure.value);
    }
    const again = await json("--trials", "10000", "--seed", "42");
    expect({ ...again, seconds: 0 }).toEqual({ ...result, seconds: 0 });
  });

  test("--generator: other uniforms of the same seed, and everything says so", async () => {
    const usual = await json("--trials", "1e4", "--seed", "42");
    expect(usual.generator).toBe("pcg64");
    const other = await json("--trials", "1e4", "--seed", "42", "--generator", "sfc64");
    expect(other.generator).toBe("sfc64");
    expect(other.mean.value).not.toBe(usual.mean.value);
    expect(Math.abs(other.mean.value - 98_295.377)).toBeLessThan(4 * other.mean.se);
    const env = { LOSSMILL_GENERATOR: "sfc64" };
    const asked = await lossmill(["simulate", book, "--trials", "1e4", "--seed", "42", "-v", "2"], { env });
    expect(asked.stdout).toMatch(/10,000 years · amounts in USD · seed 42 of sfc64 · wasm, level 3/);
    expect(asked.stderr).toMatch(/seed +42 \(argument\) of sfc64 \(LOSSMILL_GENERATOR\)/);
  });

  test("a table for a person, in a pipe without colours or progress", async () => {
    const { code, stdout, stderr } = await lossmill(["simulate", book, "--trials", "20000", "--seed", "1"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/Small book/);
    expect(stdout).toMatch(/20,000 years · amounts in USD · seed 1 · wasm, level 3/);
    expect(stdout).toMatch(/mean +9\d,\d{3} +9\d,\d{3} – 9\d,\d{3}|mean +9\d,\d{3} +9\d,\d{3} – 10\d,\d{3}/);
    expect(stdout).toMatch(/200 +99\.5 % +2\d\d,\d{3} +2\d\d,\d{3} – 2\d\d,\d{3}/);
    expect(stdout).not.toContain("\u001B");
  });

  test.each([
    ["a CI job's log is a pipe, too", { CI: "1" }, false],
    ["unless they are asked for", { FORCE_COLOR: "1" }, true],
  ])("colours: %s", async (_, env, isColored) => {
    const args = ["simulate", book, "--trials", "4096", "--seed", "1"];
    const { code, stdout } = await lossmill(args, { env: { NO_COLOR: "", ...env } });
    expect([code, stdout.includes("\u001B[")]).toEqual([0, isColored]);
  });

  test("levels of one's own, in per cent or as probabilities", async () => {
    const { quantiles } = await json("--trials", "5000", "--at", "99.5,0.9");
    expect(quantiles.map(({ p, returnPeriod }: { p: number; returnPeriod: number }) => [p, returnPeriod])).toEqual([
      [0.995, 200],
      [0.9, 10],
    ]);
  });

  test("settings from the environment, arguments first", async () => {
    const env = { LOSSMILL_TRIALS: "4000", LOSSMILL_SEED: "5" };
    const { stdout } = await lossmill(["simulate", book, "--json", "--seed", "6"], { env });
    expect(JSON.parse(stdout)).toMatchObject({ trials: 4000, seed: "6" });
  });

  test("-v 2 says what was chosen and where the time went; -v 3 each block and the worst years", async () => {
    const chosen = await lossmill(["simulate", book, "--trials", "5000", "--seed", "1", "-v", "2"]);
    expect(chosen.stderr).toMatch(/trials +5,000 \(argument\), horizon 65,536 \(trials\)/);
    expect(chosen.stderr).toMatch(/backend +wasm in this thread \(auto: the fastest\)/);
    expect(chosen.stderr).toMatch(/stages +plan .*, simulate .*, report /);
    expect(chosen.stderr).not.toMatch(/block 0/);
    const all = await lossmill([
      "simulate",
      book,
      "--trials",
      "5000",
      "--seed",
      "1",
      "-v",
      "3",
      "--batch-trials",
      "8192",
    ]);
    expect(all.stderr).toMatch(/block 1: years 4096 to 4999, mean /);
    expect(all.stderr).toMatch(/trial +total +largest claim +paid claims/);
    expect((await lossmill(["simulate", book, "--trials", "5000", "-v", "0"])).stderr).toBe("");
  });

  test("the shipped examples", async () => {
    for (const name of readdirSync(example(".")).filter((file) => /\.(yaml|json|csv)$/.test(file))) {
      const { code, stdout } = await lossmill(["simulate", example(name), "--trials", "1000", "--seed", "1"]);
      expect([name, code]).toEqual([name, 0]);
      expect(stdout).toMatch(/1,000 years/);
    }
  });

  test("an infinite mean or variance is said in words, and null with a reason in JSON", async () => {
    const severity = (shape: number) => ({ law: "pareto", shape, scale: 1000 });
    for (const [shape, word] of [
      [0.9, "mean"],
      [1.5, "variance"],
    ] as const) {
      const file = join(folder, `${word}.json`);
      const policy = { id: "a", frequency: claims.frequency, severity: severity(shape) };
      writeFileSync(file, JSON.stringify({ name: "heavy", policies: [policy] }));
      const text = await lossmill(["simulate", file, "--trials", "5000", "--seed", "1"]);
      expect(text.stdout).toMatch(new RegExp(`Note: the ${word} is infinite`));
      const result = JSON.parse((await lossmill(["simulate", file, "--trials", "5000", "--json"])).stdout);
      expect(result.sd).toMatchObject({ value: null, reason: expect.stringMatching(/infinite/) });
      expect(result.mean.value === null).toBe(word === "mean");
      expect(result.mean.low).toBeNull();
      expect(result.quantiles[6].var.value).toBeGreaterThan(0);
    }
  });
});

describe("Ctrl-C", () => {
  test("ends with the valid result of a beginning, which --trials reproduces, and exit code 130", async () => {
    const args = ["simulate", book, "--json", "--seed", "3"];
    const { code, stdout } = await lossmill([...args, "--trials", "1e8", "-v", "3", "--memory-limit", "8GB"], {
      interruptOn: /block 5:/,
    });
    expect(code).toBe(130);
    const { trials, complete, horizon, quantiles, mean } = JSON.parse(stdout);
    expect(complete).toBe(false);
    expect(trials % 4096).toBe(0);
    expect(trials).toBeGreaterThanOrEqual(6 * 4096);
    const again = JSON.parse((await lossmill([...args, "--trials", `${trials}`, "--horizon", `${horizon}`])).stdout);
    expect(again).toMatchObject({ trials, complete: true, mean, quantiles });
  });
});

describe("plan", () => {
  const motor = ["plan", example("motor-and-property.yaml"), "--trials", "1000", "--seed", "1"];

  test("what was rewritten and why, each line's placement, draws before and after", async () => {
    const { code, stdout } = await lossmill(motor);
    expect(code).toBe(0);
    expect(stdout).toMatch(/9 lines for 3,752 policies, level 3/);
    expect(stdout).toMatch(/2,062,035 draws a block of 4,096 years, 16,856,427 at level 0: 8\.2 × fewer/);
    expect(stdout).toMatch(/draws for 1,000 years: 2\.4 × its share of a block/);
    expect(stdout).toMatch(/merge +an aggregate term stands between +2 +1,700/);
    expect(stdout).toMatch(/motor-private +500 +60\.00 +94\.2 % +scatter +2,293,760 +278,486/);
    expect(stdout).toMatch(/flood: merge: .*; thin: a zero-modified count keeps no law/);
  });

  test("level 0: the definition", async () => {
    const { stdout } = await lossmill([...motor, "--optimize", "0"]);
    expect(stdout).toMatch(/level 0: the definition, nothing rewritten/);
    expect(stdout).not.toMatch(/scatter|rewrite /);
  });

  test("--json holds the plan itself", async () => {
    const { stdout } = await lossmill(["plan", book, "--json", "--seed", "1", "--trials", "10"]);
    const { plan, lines, draws, drawsBefore } = JSON.parse(stdout);
    expect(plan).toMatchObject({
      format: 1,
      seed: "1",
      trials: 10,
      horizon: 4096,
      lines: [{ id: "a", firstStream: 0 }],
    });
    expect(lines).toEqual([
      {
        id: "a",
        policies: 10,
        copies: 1,
        placement: "perTrial",
        claims: 20,
        drawnClaims: 20,
        drawsBefore: 4096 * 30,
        draws: 4096 * 21,
        merge: "poisson counts add up",
        thin: "every claim can pay",
        place: "scattering would take 4 draws a year to place its claims, not 1",
      },
    ]);
    expect([draws, drawsBefore]).toEqual([4096 * 21, 4096 * 30]);
  });

  test("many lines: the costliest, and a count of the rest", async () => {
    const file = join(folder, "many.json");
    const severity = (i: number) => ({ law: "lognormal", meanlog: 5 + i / 100, sdlog: 1 });
    const policies = Array.from({ length: 100 }, (_, i) => ({
      id: `p${i}`,
      copies: i + 1,
      ...claims,
      severity: severity(i),
    }));
    writeFileSync(file, JSON.stringify({ name: "many", policies }));
    const { stdout } = await lossmill(["plan", file]);
    expect(stdout).toMatch(/p99 .*\n/);
    expect(stdout).not.toMatch(/\bp5 /);
    expect(stdout).toMatch(/… and 60 cheaper lines/);
  });
});

describe("--help and --version", () => {
  test("list what works, and nothing else", async () => {
    const { code, stdout } = await lossmill(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/simulate/);
    expect(stdout).toMatch(/plan .*verify .*profile .*compare-sampling .*tune .*exact /s);
    expect((await lossmill(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("bad input: exit code 2, one line with the place, nothing written", () => {
  const broken = join(folder, "broken.yaml");
  writeFileSync(broken, "policies: [\n");
  const wrong = join(folder, "wrong.json");
  const policy = { id: "a", frequency: claims.frequency, severity: { law: "lognormal", meanlog: 8, sdlog: -1 } };
  writeFileSync(wrong, JSON.stringify({ name: "x", policies: [policy] }));
  const infinite = join(folder, "infinite.json");
  const heavy = { ...policy, severity: { law: "pareto", shape: 0.9, scale: 1000 } };
  writeFileSync(infinite, JSON.stringify({ name: "x", policies: [heavy] }));
  const text = join(folder, "book.txt");
  writeFileSync(text, "x");
  mkdirSync(join(folder, "folder.csv"));

  test.each([
    [["simulate", wrong], /policies\[0\]\.severity\.sdlog: .*-1/],
    [["simulate", broken], /broken\.yaml.*\d+:\d+|line/],
    [["simulate", text], /\.yaml.*\.json.*\.csv/],
    [["simulate", join(folder, "missing.json")], /missing\.json: no such file or folder/],
    [["simulate", join(folder, "folder.csv")], /folder\.csv: is a folder/],
    [["simulate"], /missing required argument 'file'/],
    [["simulate", book, "another"], /too many arguments/],
    [["simulte", book], /unknown command 'simulte'.*simulate/s],
    [["simulate", book, "--trails", "5"], /unknown option '--trails'/],
    [["simulate", book, "--trials", "0"], /trials: expected a whole number from 1/],
    [["simulate", book, "--trials", "1e99"], /trials: expected/],
    [["simulate", book, "--seed", "x\u001B[31m"], /seed: expected a decimal/],
    [["simulate", book, "--generator", "mt19937"], /generator: expected pcg64, sfc64, found "mt19937"/],
    [["simulate", book, "--backend", "gpu"], /backend: unknown "gpu"; known are auto, wasm, vectorized, naive/],
    [["simulate", book, "--backend", "naive", "--workers", "4"], /workers: .*expected auto or 1, .*found 4/],
    [["simulate", book, "--optimize", "4"], /optimizationLevel: expected 0, 1, 2 or 3, found "4"/],
    [["simulate", book, "--at", "150"], /--at: expected levels/],
    [["simulate", book, "--at", "abc"], /--at: expected levels/],
    [["simulate", book, "-v", "9"], /verbose: expected 0, 1, 2 or 3/],
    [
      ["simulate", book, "--memory-limit", "100kB", "--trials", "1e6"],
      /memoryLimit: the tables of this book's laws need about \d+(\.\d)? MB while they are made, the limit is 0\.1 MB/,
    ],
    [
      ["simulate", book, "--losses", join(folder, "out.xlsx")],
      /--losses .*out\.xlsx: expected .*\.csv, \.arrow, \.parquet/,
    ],
    [["simulate", book, "--losses", join(folder, "none", "out.csv")], /--losses .*: no such file or folder/],
    [["simulate", book, "--losses", join(folder, "folder.csv")], /is a folder/],
    [["simulate", book, "--losses", join(book, "x.csv")], /x\.csv: is not a folder/],
    [["plan", wrong, "--json"], /sdlog/],
    [["exact", wrong], /sdlog/],
    [["exact", book, "--at", "0"], /--at: expected levels/],
    [["exact", book, "--trials", "5"], /unknown option '--trials'/],
    [["exact", infinite], /policies\[0\]\.severity: .*mean/],
    [["verify", wrong], /sdlog/],
    [["verify", infinite], /policies\[0\]\.severity: .*mean/],
    [["verify", book, "--backend", "gpu"], /backend: unknown "gpu"; known are auto, wasm, vectorized, naive/],
    [
      ["verify", book, "--memory-limit", "1MB", "--trials", "1e6"],
      /memoryLimit: 1000000 trials need 100 MB.*10000 would fit/,
    ],
  ])("%j", async (args, message) => {
    const before = readdirSync(folder);
    const { code, stdout, stderr } = await captured(args);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^lossmill: [^\n]*\n$/);
    expect(stderr).not.toMatch(/\n\s+at |\u001B/);
    expect([code, stdout]).toEqual([2, ""]);
    expect(readdirSync(folder)).toEqual(before);
  });

  test("a bad environment variable is named", async () => {
    const { code, stderr } = await lossmill(["simulate", book], { env: { LOSSMILL_TRIALS: "many" } });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/LOSSMILL_TRIALS: expected .*"many"/)]);
  });
});
