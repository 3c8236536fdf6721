import { backend } from "@lossmill/backend-wasm";
import type { Part, Plan, SimulationConfig } from "@lossmill/core";
import {
  LEVELS,
  checkPortfolio,
  definePlan,
  explainPlan,
  makePlan,
  resolveConfig,
  runningSummary,
} from "@lossmill/core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { watch } from "../src/commands/watch-run.ts";
import { type Look, type LookedAt, looks } from "../src/looks.ts";
import { megabytes } from "../src/memory.ts";
import { wantsColors } from "../src/print/colors.ts";
import {
  decimalsFor,
  formatBytes,
  formatError,
  formatNumber,
  formatPercent,
  formatSeconds,
} from "../src/print/number.ts";
import { planText } from "../src/print/plan-text.ts";
import { printable, shortened } from "../src/print/printable.ts";
import { simulationText } from "../src/print/simulation-text.ts";
import { lookText } from "../src/print/verbose-text.ts";
import { barText, progressBar, trialsNeeded } from "../src/progress.ts";
import { runSimulation } from "../src/run-simulation.ts";
import { explainSampling } from "../src/sampling/explain-sampling.ts";
import type { RunOptions } from "../src/simulation.ts";
import { type SimulationResult, simulate } from "../src/index.ts";

test.each<[boolean, NodeJS.ProcessEnv, boolean]>([
  [true, {}, true],
  [true, { CI: "1" }, true],
  [true, { TERM: "dumb" }, false],
  [true, { NO_COLOR: "1" }, false],
  [true, { FORCE_COLOR: "0" }, false],
  [false, {}, false],
  [false, { CI: "1" }, false],
  [false, { FORCE_COLOR: "1" }, true],
  [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
])("terminal %j, environment %j: coloured %j", (isTerminal, env, colored) => {
  expect(wantsColors(env, isTerminal)).toBe(colored);
});

describe("printable", () => {
  test.each([
    ["plain ünïcode 損失", "plain ünïcode 損失"],
    ["\u001B[31mred\u001B[0m", "\\u{1b}[31mred\\u{1b}[0m"],
    ["two\nlines\r\u2028", "two\\u{a}lines\\u{d}\\u{2028}"],
    ["\u202Egnp.exe", "\\u{202e}gnp.exe"],
    ["bell\u0007\u009B", "bell\\u{7}\\u{9b}"],
  ])("%j", (text, safe) => expect(printable(text)).toBe(safe));

  test("cut by characters, with an ellipsis", () => {
    expect(shortened("損失損失", 3)).toBe("損失…");
    expect(shortened("short", 5)).toBe("short");
  });
});

describe("numbers", () => {
  test.each([
    [formatNumber(1234567.891), "1,234,568"],
    [formatNumber(-0.5, 2), "-0.50"],
    [formatNumber(-123_456.7891, 3), "-123,456.789"],
    [formatNumber(123_456_789_012_345), "123,456,789,012,345"],
    [formatError(1512), "1,500"],
    [formatError(0.000_312), "0.00031"],
    [formatError(3.14e-9), "3.1e-9"],
    [megabytes(12_345_678_901), "12,346 MB"],
    [megabytes(3_900_001), "4 MB"],
    [formatNumber(1.5e16), "1.500000e+16"],
    [formatPercent(0.995), "99.5 %"],
    [formatPercent(0.9999), "99.99 %"],
    [formatBytes(901), "1 kB"],
    [formatBytes(3_940_000), "3.9 MB"],
    [formatSeconds(0.0123), "12 ms"],
    [formatSeconds(1.8449), "1.84 s"],
    [formatSeconds(200), "3 min 20 s"],
    [formatSeconds(179.9), "3 min 0 s"],
    [formatSeconds(8642), "2 h 24 min"],
  ])("%s", (text, expected) => expect(text).toBe(expected));

  test.each([
    [0, 0],
    [0.5, 4],
    [1e-30, 8],
    [42, 2],
    [-999, 1],
    [1000, 0],
    [Infinity, 0],
  ])("decimals for %d", (amount, decimals) => expect(decimalsFor(amount)).toBe(decimals));
});

describe("a plan", () => {
  const frequency = { law: "poisson", lambda: 0.2 } as const;
  const gamma = { law: "gamma", shape: 2, scale: 1e4 } as const;
  const mixture = { law: "mixture", weights: [0.9, 0.1], components: [gamma, { ...gamma, scale: 123_456.789 }] };
  const terms = {
    occurrence: { deductible: 1e6, deductibleKind: "franchise", attachment: 5e6, limit: 1e9 },
    aggregate: { deductible: 1e6, limit: 2e9 },
    insurerShare: 0.25,
  };
  const policies = Array.from({ length: 100 }, (_, i) => ({
    id: `a policy with quite a long name, number ${i}`,
    copies: 1 + i,
    frequency,
    severity: i % 2 === 0 ? { ...gamma, scale: 1000 + i } : { ...mixture, weights: [1, 1 + i] },
    ...(i % 3 === 0 && { terms }),
  }));
  const explain = (count: number) => {
    const portfolio = checkPortfolio({
      name: "Many lines in a book with a name that is long",
      policies: policies.slice(0, count),
    });
    const cost = { planningSeconds: 0.1, planBytes: 1e6, tableBytes: 1000 };
    const choice = {
      backend: "workers",
      kernel: "wasm",
      reason: "auto: 16 threads; kernel auto: the fastest",
      predictions: [
        { kernel: "wasm", workers: 16, seconds: 12.3 },
        { kernel: "vectorized", workers: 16, seconds: 45.6 },
      ],
      costs: "tuned on 2026-11-28",
    };
    const explained = explainPlan(definePlan(portfolio, { seed: "1", trials: 1000 }), 3);
    const sampling = explainSampling(explained.plan, "default", 0);
    return { choice, sampling, ...explained, ...cost };
  };

  test.each([
    [3, 80],
    [3, 60],
    [12, 120],
    [100, 80],
    [100, 200],
  ])("of %i lines keeps within %i columns", (count, width) => {
    const lines = planText(explain(count), width)
      .replaceAll(/\u001B\[\d+m/g, "")
      .split("\n");
    for (const line of lines) expect([line, line.length <= width]).toEqual([line, true]);
  });

  test("laws and terms stand beside a line where there is room", () => {
    const wide = planText(explain(2), 220);
    expect(wide).toMatch(/poisson\(lambda 0\.2\) +gamma\(shape 2, scale 1000\) +franchise 1,000,000, xs 5,000,0/);
    expect(wide).toMatch(/mixture\(weights \[1 2\]/);
    expect(planText(explain(2), 100)).not.toMatch(/lambda/);
  });
});

const policy = { id: "a", frequency: { law: "poisson", lambda: 2 }, severity: { law: "exponential", scale: 5000 } };
const book = { name: "A book with quite a long name, longer than narrow terminals are wide", currency: "EUR" };

describe("the table", () => {
  test.each([200, 140, 118, 100, 80, 60, 50])("keeps within %i columns", async (width) => {
    const simulated = await simulate({ ...book, policies: [policy] }, { trials: 20_000, seed: "1" });
    const lines = simulationText(simulated, width)
      .replaceAll(/\u001B\[\d+m/g, "")
      .split("\n");
    const prose = /^(Note|VaR and|Stopped)/;
    for (const line of lines.filter((text) => !prose.test(text)))
      expect([line, line.length <= width]).toEqual([line, true]);
    expect(lines.filter((line) => line.includes(" %")).length).toBeGreaterThanOrEqual(LEVELS.length);
  });

  test("intervals where there is room, margins where there is less, values where there is none", async () => {
    const simulated = await simulate({ ...book, policies: [policy] }, { trials: 20_000, seed: "1" });
    expect(simulationText(simulated, 150).match(/–/g)!.length).toBeGreaterThan(3 * 10);
    expect(simulationText(simulated, 80)).toMatch(/±/);
    expect(simulationText(simulated, 50)).not.toMatch(/±/);
  });

  test("a quantile without an interval says how many trials it needs", async () => {
    const simulated = await simulate({ ...book, policies: [policy] }, { trials: 100, seed: "1" });
    expect(simulationText(simulated, 150)).toMatch(/needs n ≥ [\d,]+/);
  });

  test("an early stop says how to reproduce it", async () => {
    const simulated = await simulate({ ...book, policies: [policy] }, { trials: 4096, seed: "9" });
    const ended = (complete: boolean, stoppedBy: SimulationResult["stoppedBy"]) =>
      simulationText({ ...simulated, complete, stoppedBy }, 100);
    expect(ended(true, "trials")).not.toMatch(/--trials/);
    expect(ended(false, "signal")).toMatch(/Stopped early\. .*--trials 4096 --horizon 4096 --seed 9/);
    expect(ended(true, "precision")).toMatch(/Precise enough\. .*--trials 4096 --horizon 4096 --seed 9/);
    expect(ended(true, "time")).toMatch(/Time is over\. .*--trials 4096 --horizon 4096 --seed 9/);
    const other = { ...simulated, generator: "sfc64", stoppedBy: "time" } as const;
    expect(simulationText(other, 100)).toMatch(/--seed 9 --generator sfc64/);
  });

  test("small amounts keep their digits", async () => {
    const severity = { law: "uniform", min: 0, max: 1e-3 };
    const simulated = await simulate({ ...book, policies: [{ ...policy, severity }] }, { trials: 5000, seed: "1" });
    expect(simulationText(simulated, 100)).toMatch(/mean +0\.00\d{4,}/);
  });
});

describe("a look", () => {
  const found = (value: number, se: number | null, reason?: string) => {
    return { value, se, low: null, high: null, ...(reason !== undefined && { reason }) };
  };
  const bound = (figure: "mean" | "var", limit: number, isRelative: boolean) => {
    return { figure, p: figure === "var" ? 0.995 : null, limit, isRelative };
  };

  test("has each figure, its error, and what a rule wants", () => {
    const figures: LookedAt[] = [
      { figure: "mean", p: null, found: found(1234.5, 6.789), bound: bound("mean", 5, false) },
      { figure: "var", p: 0.995, found: found(50_000, 100), bound: bound("var", 0.005, true) },
      { figure: "sd", p: null, found: { ...found(0, null, "the variance is infinite"), value: null } },
      { figure: "tvar", p: 0.99, found: found(12, null, "needs n ≥ 368") },
      { figure: "oep", p: 0.5, found: found(0, 0) },
    ];
    expect(lookText({ trials: 262_144, figures })).toBe(
      "so far       262,144 years: mean 1,235 ± 6.8 (0.55 %, wanted < 5), VaR 99.5 % 50,000 ± 100 (0.2 %, wanted < 0.5 %), " +
        "sd not known (the variance is infinite), TVaR 99 % 12.00 (needs n ≥ 368), OEP 50 % 0 ± 0",
    );
  });

  test("tells how many trials a precision is likely to take", () => {
    const look = (...figures: LookedAt[]) => trialsNeeded({ trials: 64 * 4096, figures });
    const mean = (se: number, limit: number): LookedAt => {
      return { figure: "mean", p: null, found: found(1000, se), bound: bound("mean", limit, false) };
    };
    expect(look(mean(1, 2))).toBe(64 * 4096);
    // Three times as near: nine times as many, and the next look from there on.
    expect(look(mean(3, 1))).toBe(1024 * 4096);
    expect(look(mean(2, 1))).toBe(256 * 4096);
    const relative = { ...mean(1, 1), bound: bound("mean", 0.0005, true) };
    expect(look(mean(0, 1), relative)).toBe(256 * 4096);
    expect(look({ figure: "mean", p: null, found: found(1, 1) })).toBeNull();
    expect(look({ ...mean(1, 1), found: found(1, null) })).toBeNull();
  });
});

describe("looks", () => {
  const portfolio = checkPortfolio({ ...book, policies: [policy] });
  const seen = async (config: SimulationConfig, options: RunOptions = {}) => {
    const found: Look[] = [];
    const resolved = resolveConfig({ seed: "1", ...config });
    await runSimulation(portfolio, resolved, { ...options, onLook: (look) => void found.push(look) });
    return found;
  };
  const names = ({ figures }: Look) => figures.map(({ figure, p }) => (p === null ? figure : `${figure} ${p}`));
  const trials = 600_000;

  test("at the figures that a run of as many trials has, kept or streamed", async () => {
    const kept = await seen({ trials });
    expect(kept.map((look) => look.trials)).toEqual([262_144, 524_288]);
    const { mean, quantiles } = await simulate(
      { ...book, policies: [policy] },
      { seed: "1", trials: 524_288, horizon: 1_048_576 },
    );
    expect(kept[1].figures.map(({ found }) => found)).toEqual([mean, quantiles[7].var]);
    expect(await seen({ trials, backend: "streaming" })).toEqual(kept);
    expect(names(kept[0])).toEqual(["mean", "var 0.995"]);
    expect((await seen({ trials }, { at: [0.9, 0.99] })).map(names)[0]).toEqual(["mean", "var 0.99"]);
    expect(await seen({ trials: 100_000 })).toEqual([]);
  });

  test("at those that a rule wants", async () => {
    const [look, ...more] = await seen({}, { until: "oep90 < 50% and mean < 50%" });
    expect(more).toEqual([]);
    expect(names(look)).toEqual(["oep 0.9", "mean"]);
    expect(look.figures[1].bound).toMatchObject({ limit: 0.5, isRelative: true });
  });

  test("of a stream that goes on with what was saved: at all of it", async () => {
    const plan = makePlan(portfolio, { seed: "1", trials });
    const whole = await seen({ trials });
    const running = runningSummary();
    const told: Look[] = [];
    await using simulator = await backend.open();
    let look: ReturnType<typeof looks> | undefined;
    for await (const part of simulator.simulate(plan)) {
      running.add(part);
      if (part.block.index === 99) look = looks(plan, undefined, (found) => void told.push(found), running);
      else look?.(part);
    }
    expect(told).toEqual(whole.slice(1));
  });
});

describe("the tables", () => {
  const text = async (kernel: string, workers: number, severity: object = policy.severity, trials = 5000) => {
    const given = checkPortfolio({ ...book, policies: [{ ...policy, severity }] });
    let written = "";
    const stderr = { isTTY: false, fd: 2, write: (more: string) => ((written += more), true) };
    const config = resolveConfig({ seed: "1", trials, kernel, workers, verbose: 2 });
    await watch(
      { config, logsJson: false, stderr: stderr as unknown as NodeJS.WriteStream & { fd: 2 } },
      undefined,
      (to) => runSimulation(given, config, to),
    );
    return /^tables +(.*)$/m.exec(written)?.[1];
  };

  test("which of them claims go through, and how many are asked of the law", async () => {
    expect(await text("wasm", 2)).toBe("of 2.000 claims that a year is expected to draw: quantile tables 100 %");
    expect(await text("wasm", 1, policy.severity, 500)).toMatch(/: curves 100 %$/);
    expect(await text("naive", 1)).toBe("none: the law is asked for every claim");
    const components = [{ law: "constant", value: 1000 }, policy.severity];
    expect(await text("vectorized", 1, { law: "mixture", weights: [1, 999], components })).toMatch(
      /expected to draw: curves \d\d\.?\d* %, the law itself \d\.?\d* %$/,
    );
  });
});

describe("progress", () => {
  afterEach(() => void vi.useRealTimers());
  const part = (index: number) => ({ block: { index, start: index * 4096, end: (index + 1) * 4096 } }) as Part;
  const plan = { trials: 8192 } as Plan;

  function terminalOf(columns: number) {
    let written = "";
    const fake = { isTTY: true, columns, write: (text: string) => ((written += text), true) };
    return { stream: fake as unknown as NodeJS.WriteStream, written: () => written };
  }

  test("a bar with rate and time left on a terminal, lines above it", () => {
    vi.useFakeTimers();
    const terminal = terminalOf(120);
    const bar = progressBar(terminal.stream);
    bar.write("first\n");
    expect(terminal.written()).toBe("first\n");
    bar.advance(part(0), plan);
    vi.advanceTimersByTime(200);
    expect(terminal.written()).toMatch(/█░+ 50 % {2}4,096 of 8,192 years {2}[\d,]+ a second {2}.* left/u);
    bar.write("second\n");
    bar.end();
    // The bar's line is cleared before, and at the end.
    expect(terminal.written()).toMatch(/\u001B\[2Ksecond\n/);
    expect(terminal.written()).toMatch(/\u001B\[0J$/);
    // Nothing that a run which is killed would leave behind.
    expect(terminal.written()).not.toMatch(/\u001B\[\?/);
  });

  test("nothing to clear when nothing began", () => {
    const terminal = terminalOf(80);
    progressBar(terminal.stream).end();
    expect(terminal.written()).toBe("");
  });

  test("a bar of the time, and of the trials that a precision is likely to take", () => {
    vi.useFakeTimers();
    const endless = { trials: null } as Plan;
    const timed = terminalOf(100);
    const clock = progressBar(timed.stream, { seconds: 4 });
    clock.advance(part(0), endless);
    vi.advanceTimersByTime(1100);
    clock.end();
    expect(timed.written()).toMatch(/ 25 % {2}4,096 years {2}.* a second {2}3\.00 s left/);
    const precise = terminalOf(100);
    const bar = progressBar(precise.stream, { bounds: [] });
    bar.advance(part(0), endless);
    vi.advanceTimersByTime(150);
    expect(precise.written()).toMatch(/G4,096 years {2}[\d,]+ a second/);
    const bound = { figure: "mean", p: null, limit: 1, isRelative: false } as const;
    bar.look({ trials: 4096, figures: [{ ...bound, found: { value: 9, se: 2, low: null, high: null }, bound }] });
    vi.advanceTimersByTime(150);
    bar.end();
    expect(precise.written()).toMatch(/ 1 % {2}4,096 of about 262,144 years .* about .* left/);
  });

  test.each([20, 30, 45, 60, 80, 200])("keeps within %i columns", (width) => {
    const state = { done: 1_234_567_890, all: 9_876_543_210, isGuess: false, seconds: 1234, rate: 1e6, limit: null };
    for (const all of [state.all, null]) {
      const line = barText({ ...state, all }, width);
      expect([line, line.length < width]).toEqual([line, true]);
      expect(line).toMatch(all === null ? /years|^1,234/ : / ?12 %/);
    }
  });
});
