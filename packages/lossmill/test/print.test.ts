import type { Part, Plan } from "@lossmill/core";
import { LEVELS, checkPortfolio, definePlan, explainPlan } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { decimalsFor, formatBytes, formatNumber, formatPercent, formatSeconds } from "../src/print/number.ts";
import { planText } from "../src/print/plan-text.ts";
import { printable, shortened } from "../src/print/printable.ts";
import { simulationText } from "../src/print/simulation-text.ts";
import { progressBar } from "../src/progress.ts";
import { type SimulationResult, simulate } from "../src/index.ts";

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
    [formatNumber(1.5e16), "1.500000e+16"],
    [formatPercent(0.995), "99.5 %"],
    [formatPercent(0.9999), "99.99 %"],
    [formatBytes(901), "1 kB"],
    [formatBytes(3_940_000), "3.9 MB"],
    [formatSeconds(0.0123), "12 ms"],
    [formatSeconds(1.8449), "1.84 s"],
    [formatSeconds(200), "3 min 20 s"],
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
    return { choice, ...explainPlan(definePlan(portfolio, { seed: "1", trials: 1000 }), 3), ...cost };
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
  });

  test("small amounts keep their digits", async () => {
    const severity = { law: "uniform", min: 0, max: 1e-3 };
    const simulated = await simulate({ ...book, policies: [{ ...policy, severity }] }, { trials: 5000, seed: "1" });
    expect(simulationText(simulated, 100)).toMatch(/mean +0\.00\d{4,}/);
  });
});

describe("progress", () => {
  const part = (index: number) => ({ block: { index, start: index * 4096, end: (index + 1) * 4096 } }) as Part;
  const plan = { trials: 8192 } as Plan;

  function stream(isTTY: boolean) {
    let written = "";
    const fake = {
      isTTY,
      columns: 120,
      write: (text: string) => ((written += text), true),
      cursorTo() {},
      clearLine() {},
      clearScreenDown() {},
      moveCursor() {},
      on() {},
      once() {},
      removeListener() {},
    };
    return { stream: fake as unknown as NodeJS.WriteStream, written: () => written };
  }

  test("a bar with rate and time left on a terminal", () => {
    const terminal = stream(true);
    const bar = progressBar(terminal.stream);
    bar.advance(part(0), plan);
    bar.advance(part(1), plan);
    bar.end();
    expect(terminal.written()).toMatch(/50 %  4,096 of 8,192 years {2}[\d,]+ a second {2}.* left/);
  });

  test("nothing in a pipe, and nothing to clear when nothing began", () => {
    const pipe = stream(false);
    const bar = progressBar(pipe.stream);
    bar.advance(part(0), plan);
    bar.end();
    progressBar(stream(true).stream).end();
    expect(pipe.written()).toBe("");
  });
});
