import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { captured } from "./captured.ts";
import { lossmill } from "./command.ts";
import { evenClock } from "./even-clock.ts";

const folder = mkdtempSync(join(tmpdir(), "lossmill-sampling-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => void vi.unstubAllEnvs());

const policy = {
  id: "a",
  copies: 10,
  frequency: { law: "poisson", lambda: 2 },
  severity: { law: "lognormal", meanlog: 8, sdlog: 1 },
};

function bookFile(name: string, ...policies: readonly object[]): string {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ name, currency: "USD", policies }));
  return path;
}

const book = bookFile("Small book", policy);
const rare = bookFile("Rare", { ...policy, copies: 1, frequency: { law: "poisson", lambda: 0.001 } });
const untilted = bookFile("Beta-binomial", {
  ...policy,
  frequency: { law: "betaBinomial", size: 3, shape1: 1, shape2: 1 },
});
const limited = bookFile("Net", { ...policy, terms: { aggregate: { limit: 30_000 } } });

const here = (...args: string[]) => captured([...args, "--seed", "1", "--workers", "1"]);

describe("simulate --sampling", () => {
  test("says the method, what a year was worth and the mean by the laws", async () => {
    const { code, stdout, stderr } = await here("simulate", book, "--trials", "65536", "--sampling", "importance");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/65,536 years .* · sampling importance for the tail beyond 99\.5 % · /);
    expect(stdout).toMatch(/mean {2,}9\d,\d{3} .*\nmean, exact {2,}98,295 +by the laws\nsd/);
    expect(stdout).toMatch(/One year was worth so many plain ones: [\d.]+ for the mean, \d\d for TVaR 99\.5 %\./);
    const level = await here("simulate", book, "--trials", "8192", "--sampling", "sobol", "--at", "90,99,99.9");
    expect(level.stdout).toMatch(/level 3 · sampling sobol · /);
    expect(level.stdout).toMatch(/for TVaR 99 %\./);
    const plain = await here("simulate", limited, "--trials", "4096");
    expect(plain.stdout).not.toMatch(/mean, exact|sampling|worth/);
  });

  test("a precision: the hint asks for the same figures again", async () => {
    evenClock();
    const asked = ["--until", "tvar99 < 0.05%", "--sampling", "auto", "--sampling-level", "99", "--at", "99"];
    const { code, stdout } = await here("simulate", book, ...asked);
    expect(code).toBe(0);
    const hint = /Precise enough\. The same figures: (.*)\n/.exec(stdout)![1];
    expect(hint).toMatch(/^--trials \d+ --horizon \d+ --seed 1 --sampling importance --sampling-level 0\.99$/);
    const again = await captured(["simulate", book, "--at", "99", "--workers", "1", ...hint.split(" ")]);
    const figures = (text: string) => text.slice(text.indexOf("a year"), text.indexOf("VaR and TVaR are"));
    expect(figures(again.stdout)).toBe(figures(stdout));
  });

  test("from the environment; -v 2 tells the method, why, and each run", async () => {
    vi.stubEnv("LOSSMILL_SAMPLING", "importance");
    vi.stubEnv("LOSSMILL_SAMPLING_LEVEL", "99");
    const { stderr } = await here("simulate", book, "--until", "tvar99 < 0.05%", "-v", "2");
    expect(stderr).toMatch(/note +sampling: importance \(LOSSMILL_SAMPLING\); pilot runs: \d/);
    expect(stderr).toMatch(/trials +without end.*\n.*\n.*\nsampling +importance for the tail beyond 99 %\n/);
    expect(stderr.match(/^book /gm)).toHaveLength(1);
    expect(stderr).toMatch(/note +first 65536 trials; memory: .*\nso far +65,536 years: TVaR 99 % 23\d,\d{3} ± /);
    expect(stderr).toMatch(/note +on to \d+ trials; memory/);
    expect(stderr).toMatch(/stages +plan .*, simulate .*, report /);
  });

  test("-v 3: blocks and worst years of weighted trials have their weights", async () => {
    const args = ["simulate", book, "--trials", "8192", "--sampling", "importance"];
    const { stderr } = await here(...args, "-v", "3");
    // Unweighted it would be some 180,000.
    for (const [, mean] of stderr.matchAll(/^block \d: .*, mean ([\d,]+), worst/gm)) {
      expect(Math.abs(Number(mean.replace(",", "")) - 98_295)).toBeLessThan(4000);
    }
    expect(stderr).toMatch(/trial +total +largest claim +paid claims +weight\n/);
    // Lines of JSON go past what is captured here.
    const logs = await lossmill([...args, "--seed", "1", "-v", "3", "--log", "json"]);
    const lines = logs.stderr
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.find(({ msg }) => msg === "started")).toMatchObject({ sampling: "importance", samplingLevel: 0.995 });
    expect(lines.find(({ msg }) => msg.startsWith("sampling: importance"))).toBeDefined();
    for (const { mean } of lines.filter(({ msg }) => msg === "block")) {
      expect(Math.abs(mean - 98_295)).toBeLessThan(4000);
    }
    expect(lines.find(({ msg }) => msg === "worst").trials[0].weight).toBeLessThan(1);
  });

  test("Ctrl-C in a run: a valid beginning that the hint asks for again", async () => {
    const args = ["simulate", book, "--seed", "1", "--workers", "1", "--at", "99", "--sampling", "sobol"];
    const { code, stdout } = await lossmill([...args, "--until", "tvar99 < 0.001%", "-v", "3"], {
      interruptOn: /block 20:/,
    });
    expect(code).toBe(130);
    const hint = /Stopped early\. The same figures: (.*)\n/.exec(stdout)![1];
    expect(hint).toMatch(/--sampling sobol$/);
    const again = await captured(["simulate", book, "--at", "99", "--workers", "1", ...hint.split(" ")]);
    const figures = (text: string) => text.slice(text.indexOf("a year"), text.indexOf("VaR and TVaR are"));
    expect(figures(again.stdout)).toBe(figures(stdout));
  });

  test.each([
    ["simulate", book, "--sampling", "auto"],
    ["plan", book, "--sampling", "importance"],
    ["compare-sampling", book],
  ])("Ctrl-C in a pilot: nothing is told, exit code 130: %s", async (...args) => {
    const before = process.listenerCount("SIGINT");
    // As the first Ctrl-C would, once something listens for it.
    const raised = setInterval(() => {
      for (const listener of process.listeners("SIGINT").slice(before)) listener("SIGINT");
    }, 1);
    const { code, stdout, stderr } = await here(...args);
    clearInterval(raised);
    expect([code, stdout]).toEqual([130, ""]);
    expect(stderr).toMatch(/^lossmill: sampling: stopped during a pilot run, before the first year\n$/);
  });
});

describe("bad input: exit code 2, one line, nothing written", () => {
  const losses = ["--losses", join(folder, "never.csv")];
  test.each([
    [book, ["--sampling", "foo"], /sampling: expected plain, antithetic, .*, auto, found "foo"/],
    [book, ["--sampling-level", "0"], /samplingLevel: expected a probability between 0 and 1.* found "0"/],
    [book, ["--sampling-level", "100"], /samplingLevel: .* found "100"/],
    [book, ["--sampling-level", "abc"], /samplingLevel: .* found "abc"/],
    [
      book,
      ["--sampling", "sobol", "--backend", "streaming"],
      /backend: streaming goes with sampling plain, not with sampling sobol/,
    ],
    [book, ["--sampling", "sobol", "--checkpoint", join(folder, "saved")], /checkpoint: goes with sampling plain/],
    [book, ["--sampling", "sobol", "--by", "policy"], /by: policy goes with sampling plain/],
    [book, ["--sampling", "auto", "--until", "30s"], /until: a time goes with sampling plain, not with sampling auto/],
    [
      book,
      ["--sampling", "importance", "--trials", "99999"],
      /trials: importance sampling needs an even number of trials, found 99999/,
    ],
    [
      untilted,
      ["--sampling", "importance"],
      /sampling: importance does nothing for this book: it needs policies that pay for claims and have Poisson, binomial/,
    ],
    [rare, ["--sampling", "importance"], /no losses beyond the 99\.5 % quantile, or that is 0/],
    [
      book,
      ["--sampling", "sobol", "--trials", "1e7", "--memory-limit", "50MB"],
      /memoryLimit: 10000000 trials need .*sampling plain need keep no losses/,
    ],
  ])("%s %j", async (file, args, message) => {
    const before = readdirSync(folder);
    const { code, stdout, stderr } = await here("simulate", file, ...args, ...losses);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^lossmill: [^\n]*\n$/);
    expect([code, stdout]).toEqual([2, ""]);
    expect(readdirSync(folder)).toEqual(before);
  });

  test("one that the environment asks for is named", async () => {
    vi.stubEnv("LOSSMILL_SAMPLING", "sobol");
    const { code, stderr } = await here("simulate", book, "--by", "policy");
    expect([code, stderr]).toEqual([
      2,
      "lossmill: by: policy goes with sampling plain, not with sampling sobol (LOSSMILL_SAMPLING)\n",
    ]);
  });
});

describe("commands that are of plain trials", () => {
  test("verify and profile say so where the environment asks for others", async () => {
    vi.stubEnv("LOSSMILL_SAMPLING", "sobol");
    const told = "is of plain trials; LOSSMILL_SAMPLING=sobol is for simulate, plan\n";
    const backend = ["--backend", "vectorized", "--optimize", "0"];
    const verified = await here("verify", book, "--trials", "2000", ...backend);
    expect(verified.code).toBe(0);
    expect(verified.stderr).toBe(`lossmill: warning: verify ${told}`);
    // In a process of its own, which is what it watches.
    const profile = ["profile", book, "--trials", "2000", "--backend", "vectorized", "--seed", "1"];
    const profiled = await lossmill(profile, { env: { LOSSMILL_SAMPLING: "sobol" } });
    expect([profiled.code, profiled.stderr]).toEqual([0, `lossmill: warning: profile ${told}`]);
    vi.stubEnv("LOSSMILL_VERBOSE", "0");
    expect((await here("verify", book, "--trials", "2000", ...backend)).stderr).toBe("");
  });

  test("resume goes on as it was begun", async () => {
    const checkpoint = join(folder, "checkpoint");
    await here("simulate", book, "--trials", "8192", "--checkpoint", checkpoint);
    vi.stubEnv("LOSSMILL_SAMPLING", "importance");
    const resumed = await captured(["resume", checkpoint, "--json"]);
    expect([resumed.code, resumed.stderr]).toEqual([0, ""]);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ trials: 8192, complete: true });
    expect(JSON.parse(resumed.stdout).sampling).toBeUndefined();
    rmSync(checkpoint);
  });
});

describe("plan --sampling", () => {
  test("says what the method does to which lines", async () => {
    const { code, stdout } = await here(
      "plan",
      book,
      "--sampling",
      "importance",
      "--sampling-level",
      "99",
      "--trials",
      "1e5",
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /sampled by importance for the tail beyond 99 % \(argument\); 1 of 1 line; [\d.]+ claims added in a\s+year of odd number;/,
    );
    expect(stdout).toMatch(/sample +largest claims are added +1 +10\n/);
    expect(stdout).toMatch(/sample:\s+[\d.]+ of its largest claims added/);
    expect(stdout).toMatch(/thin +every claim can pay +1 +10\n/);
    const defined = await here("plan", book, "--sampling", "sobol", "--optimize", "0");
    expect(defined.stdout).toMatch(
      /sampled by sobol \(argument\); 1 of 1 line; \d+ dimensions, 16 sequences of points/,
    );
    expect(defined.stdout).toMatch(/sample: the count and the first/);
    const nothing = await here("plan", untilted, "--sampling", "importance");
    expect([nothing.code, nothing.stdout]).toEqual([2, ""]);
    const control = await here("plan", book, "--sampling", "control");
    expect(control.stdout).toMatch(/sample +its payments are part of the controls +1 +10\n/);
    expect((await here("plan", book)).stdout).not.toMatch(/sampl/);
  });

  test("--json", async () => {
    const { stdout } = await here("plan", book, "--sampling", "antithetic", "--json");
    const { plan, sampling } = JSON.parse(stdout);
    expect(plan.sampling).toEqual({ method: "antithetic" });
    expect(sampling).toMatchObject({ method: "antithetic", reason: "argument", lines: [{ id: "a", isSampled: true }] });
  });
});

describe("compare-sampling", () => {
  test("a table, whole sets of trials, what does nothing, and what to take", async () => {
    const { code, stdout, stderr } = await here("compare-sampling", untilted, "--trials", "1000", "--rounds", "1");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /65,536 years \(1,000 rounded up, to whole sets of 65,536\) · one run each · seed 1 · wasm, level 3\n/,
    );
    expect(stdout).toMatch(/\n +antithetic +stratified +sobol +control\n/);
    expect(stdout).toMatch(/\nmean( +exact){4}\n/);
    expect(stdout).toMatch(
      /importance does nothing for this book: it needs policies that pay for claims and have Poisson, [^.]*\.\n/,
    );
    expect(stdout).toMatch(/\nBest for TVaR 99\.5 % \w+( \([\d.,]+ ×\))?\.\n$/);
  });

  test("--json: gains of an exact mean are not told", async () => {
    const at = ["--at", "90", "--rounds", "1", "--json"];
    const found = JSON.parse((await here("compare-sampling", book, "--trials", "65536", ...at)).stdout);
    expect(found).toMatchObject({ trials: 65_536, askedTrials: 65_536, samplingLevel: 0.995 });
    expect(found.exactMean).toBeCloseTo(98_295.377, 2);
    for (const { gains } of found.methods) {
      expect(gains[0]).toEqual({ figure: "mean", p: null, gain: null, perTrial: null });
      expect(gains[3].gain).toBeGreaterThan(0);
    }
    expect(found.best.map(({ figure, p }: { figure: string; p: number }) => [figure, p])).toEqual([["tvar", 0.9]]);
    const net = JSON.parse((await here("compare-sampling", limited, ...at)).stdout);
    expect(net).toMatchObject({ trials: 131_072, askedTrials: 100_000, exactMean: null });
    expect(net.methods[0].gains[0]).toMatchObject({ figure: "mean", gain: 1, perTrial: 1 });
    expect(net.best[0]).toMatchObject({ figure: "mean", p: null });
  });

  test("a book of infinite variance, of infinite mean: VaR is what is left to compare", async () => {
    for (const [shape, error] of [
      [1.5, "variance"],
      [0.9, "mean"],
    ] as const) {
      const heavy = bookFile(error, { ...policy, severity: { law: "pareto", shape, scale: 1000 } });
      const { code, stdout } = await here("compare-sampling", heavy, "--at", "99.9", "--trials", "1", "--rounds", "1");
      expect(code).toBe(0);
      // Nothing is best at or below 99.5 %: what is nearest to it.
      expect(stdout).toMatch(/\nBest for VaR 99\.9 % \w+/);
      expect(stdout).toMatch(/\nTVaR 99\.9 %( +–)+\n/);
      expect(stdout).not.toMatch(/Infinity|∞|NaN/);
    }
  });

  test("memory that is not there: exit code 2", async () => {
    const { code, stderr } = await here("compare-sampling", book, "--trials", "1e7", "--memory-limit", "100MB");
    expect(code).toBe(2);
    expect(stderr).toMatch(/memoryLimit: 10027008 trials need 642 MB, the limit is 100 MB; \d+ would fit\n/);
  });
});

test("losses of an importance sample have weights, by the command line too", async () => {
  const path = join(folder, "out.csv");
  await here("simulate", book, "--trials", "4096", "--sampling", "importance", "--losses", path);
  expect(readFileSync(path, "utf8")).toMatch(/^trial,total,max_occurrence,claims,weight\n0,/);
});
