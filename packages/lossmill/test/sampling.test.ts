import { checkPortfolio, makePlan, resolveConfig, type SimulationConfig } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import type { Look } from "../src/looks.ts";
import { planResult } from "../src/plan-result.ts";
import { runSimulation } from "../src/run-simulation.ts";
import type { Tried } from "../src/sampling/compare-methods.ts";
import { bestMethod } from "../src/sampling/best-method.ts";
import { findTilting, pilotChoice, pilotPlan } from "../src/sampling/pilot.ts";
import { runUntilPrecise } from "../src/sampling/run-until-precise.ts";
import type { RunOptions, Simulation } from "../src/simulation.ts";
import { type SamplingChoice, simulate, simulateStream } from "../src/index.ts";
import { evenClock } from "./even-clock.ts";

const policy = {
  id: "a",
  copies: 10,
  frequency: { law: "poisson", lambda: 2 },
  severity: { law: "lognormal", meanlog: 8, sdlog: 1 },
};
const book = { name: "small", currency: "USD", policies: [policy] };
const portfolio = checkPortfolio(book);
/** The exact figures of the book (the typical small book of fixtures/, gross). */
const EXACT = { mean: 98_295.377, sd: 36_238.093 };

const bookOf = (...policies: readonly object[]) => checkPortfolio({ name: "book", policies });
const run = (config: SimulationConfig, options: RunOptions = {}, of = portfolio) =>
  runSimulation(of, resolveConfig({ seed: "5", workers: 1, ...config }), options);

describe("simulate", () => {
  test("importance: losses have their weights, the result its method and level", async () => {
    const result = await simulate(book, { trials: 65_536, seed: "1", sampling: "importance", samplingLevel: 0.99 });
    const { losses } = result;
    expect(losses.weight).toHaveLength(65_536);
    expect(result).toMatchObject({ sampling: "importance", samplingLevel: 0.99 });
    expect(Math.abs(result.exactMean! - EXACT.mean)).toBeLessThan(0.001);
    expect(Math.abs(result.mean.value! - EXACT.mean)).toBeLessThan(4 * result.mean.se!);
    expect(Math.abs(result.sd.value! - EXACT.sd)).toBeLessThan(4 * result.sd.se!);
    const tvar = result.quantiles.find(({ p }) => p === 0.99)!.tvar;
    expect(tvar.effectiveTrials! / 65_536).toBeGreaterThan(10);
  });

  test.each(["antithetic", "stratified", "sobol", "control"] as const)("%s: no weights, no level", async (sampling) => {
    const result = await simulate(book, { trials: 65_536, seed: "1", sampling });
    expect(result.sampling).toBe(sampling);
    expect(result.samplingLevel).toBeUndefined();
    expect(result.losses.weight).toBeUndefined();
    expect(Math.abs(result.mean.value! - EXACT.mean)).toBeLessThanOrEqual(4 * result.mean.se! + 0.001);
  });

  test("plain results do not speak of it", async () => {
    const result = await simulate(book, { trials: 1000, seed: "1" });
    expect("sampling" in result).toBe(false);
  });

  test("a stream is refused", async () => {
    const refused = simulateStream(book, { sampling: "sobol", trials: 1000 });
    await expect(refused).rejects.toMatchObject({ code: "BAD_CONFIGURATION" });
  });

  test("the backend changes no bit of the plan: pilots have kernels of their own", async () => {
    const planOf = async (config: SimulationConfig) =>
      (await run({ sampling: "importance", trials: 4096, ...config })).plan;
    const expected = await planOf({ backend: "wasm" });
    for (const backend of ["naive", "vectorized", "workers"]) {
      expect(await planOf({ backend, workers: backend === "workers" ? 2 : 1 })).toEqual(expected);
    }
  });
});

describe("pilots", () => {
  const rare = bookOf({ ...policy, copies: 1, frequency: { law: "poisson", lambda: 0.004 } });
  const tiltingOf = async (p: number, of = rare) => {
    const config = resolveConfig({ seed: "1" });
    const plan = makePlan(of, { seed: "1", trials: 4096 });
    return await findTilting(plan, p, await pilotChoice(plan, config));
  };

  test("a quantile on the way may be 0: the level itself counts", async () => {
    // At 97.5 %, where its first run would look, nothing is lost.
    const tilting = await tiltingOf(0.9995);
    expect(tilting!.ratios.at(-1)).toBeGreaterThan(2);
    expect(await tiltingOf(0.975)).toBeNull();
  });

  test("of another seed and their own length", () => {
    const plan = makePlan(rare, { seed: "1", trials: 4096 });
    expect(pilotPlan(plan)).toMatchObject({ trials: 32_768, lines: plan.lines });
    expect(pilotPlan(plan).seed).not.toBe(plan.seed);
  });

  test("Ctrl-C: nothing to report", async () => {
    for (const sampling of ["importance", "auto"] as const) {
      const stopped = run({ sampling }, { signal: AbortSignal.abort() });
      await expect(stopped).rejects.toMatchObject({ code: "STOPPED" });
      await expect(stopped).rejects.toThrow(/pilot/);
    }
  });
});

describe("a method that does nothing for a book", () => {
  const refused = async (sampling: SamplingChoice, of: object) =>
    await run({ sampling, trials: 4096 }, {}, bookOf(of)).catch((error: unknown) => error as Error);
  const drawn = { law: "betaBinomial", size: 3, shape1: 1, shape2: 1 };

  test.each([
    [
      "importance",
      { ...policy, frequency: drawn },
      /sampling: importance does nothing for this book: it needs policies that pay for claims and have Poisson, binomial/,
    ],
    [
      "importance",
      { ...policy, copies: 1, frequency: { law: "poisson", lambda: 0.001 } },
      /no losses beyond the 99\.5 % quantile, or that is 0/,
    ],
    // So many that a count for each would cost more than all that is drawn.
    [
      "sobol",
      { ...policy, copies: 1e5, frequency: { law: "poisson", lambda: 1e-5 }, terms: { aggregate: { limit: 1e4 } } },
      /a count a trial.* or its copies are too many/,
    ],
    [
      "stratified",
      { ...policy, copies: 1e5, frequency: { law: "poisson", lambda: 1e-5 }, terms: { aggregate: { limit: 1e4 } } },
      /a count a trial.*every line$/,
    ],
  ] as const)("%s", async (sampling, of, message) => {
    const error = await refused(sampling, of);
    expect(error).toMatchObject({ code: "NOT_SUPPORTED" });
    expect((error as Error).message).toMatch(message);
  });
});

describe("auto", () => {
  test("takes what is worth most for the tail, and says why", async () => {
    evenClock();
    const notes: string[] = [];
    const { result } = await run(
      { sampling: "auto", trials: 65_536 },
      { onNote: ({ message }) => notes.push(message) },
    );
    expect(result.sampling).toBe("conditional");
    expect(notes[0]).toMatch(
      /^sampling: conditional \(auto: worth the most for equal time in pilot runs\); pilot runs: /,
    );
  });

  test("takes nothing that needs pairs where trials are none", async () => {
    const { result } = await run({ sampling: "auto", trials: 65_535 });
    expect(result.sampling).not.toBe("importance");
  });

  test("is plain, as a stream may be, where no other is worth it", async () => {
    evenClock();
    const notes: string[] = [];
    // One claim of one size a year: plain trials know all of it.
    const flat = bookOf({ ...policy, frequency: { law: "fixed", n: 1 }, severity: { law: "constant", value: 1 } });
    const { result } = await run(
      { sampling: "auto", trials: 4096 },
      { onNote: ({ message }) => notes.push(message) },
      flat,
    );
    expect(notes[0]).toMatch(/^sampling: plain \(auto: no other is surely worth it in pilot runs\); /);
    expect(result.sampling).toBeUndefined();
  });

  test("best: the largest of the least gains", () => {
    const gain = (figure: "mean" | "tvar", value: number | null) => {
      return { figure, p: figure === "mean" ? null : 0.99, gain: value, perTrial: value };
    };
    const triedOf = (method: Tried["method"], mean: number | null, tvar: number): Tried => {
      return { method, seconds: 1, pilotSeconds: 0, gains: [gain("mean", mean), gain("tvar", tvar)] };
    };
    const tried: Tried[] = [
      triedOf("plain", 1, 1),
      { method: "antithetic", reason: "" },
      triedOf("sobol", 4, 2),
      triedOf("importance", 1.2, 50),
      triedOf("control", null, 3),
    ];
    const both = [{ figure: "mean", p: null } as const, { figure: "tvar", p: 0.99 } as const];
    expect(bestMethod(tried, both)).toEqual({ method: "sobol", gain: 2 });
    expect(bestMethod(tried, both.slice(1))).toEqual({ method: "importance", gain: 50 });
    expect(bestMethod(tried.slice(0, 2), both)).toBeNull();
    expect(bestMethod([triedOf("plain", 9, 9), triedOf("sobol", 1.4, 1.4)], both)).toBeNull();
    expect(bestMethod(tried, [{ figure: "tvar", p: 0.5 }])).toBeNull();
  });
});

describe("until a precision", () => {
  const until = "tvar99.5 < 0.1%";

  test("what it ends with is what so many trials give, bit for bit", async () => {
    const looks: Look[] = [];
    const { result, losses } = await run({ sampling: "importance" }, { until, onLook: (look) => looks.push(look) });
    expect(result).toMatchObject({
      stoppedBy: "precision",
      complete: true,
      sampling: "importance",
      samplingLevel: 0.995,
    });
    expect(result.trials).toBeGreaterThan(65_536);
    const { trials, horizon } = result;
    const again = await run({ sampling: "importance", trials, horizon });
    expect(again.losses).toEqual(losses);
    expect({ ...again.result, seconds: 0 }).toEqual({ ...result, stoppedBy: "trials", seconds: 0 });
    // Each look is of the figure that is wanted, weighted, after each of the runs.
    expect(looks.map((look) => look.trials)).toEqual([65_536, trials]);
    for (const { figures } of looks)
      expect(figures[0].found.value! / again.result.quantiles[7].tvar.value!).toBeCloseTo(1, 2);
    expect(looks[1].figures[0].found).toEqual(again.result.quantiles[7].tvar);
  });

  test("each block is computed once, in order", async () => {
    const blocks: number[] = [];
    const { result } = await run(
      { sampling: "importance" },
      { until, onPart: ({ block }) => blocks.push(block.index) },
    );
    expect(blocks).toEqual(Array.from({ length: result.trials / 4096 }, (_, i) => i));
  });

  test("one that is met at once, and one that --trials ends", async () => {
    const met = await run({ sampling: "sobol" }, { until: "mean < 50%" });
    expect(met.result).toMatchObject({ trials: 65_536, stoppedBy: "precision" });
    const ended = await run({ sampling: "sobol", trials: 10_000 }, { until: "mean < 0.0001%" });
    expect(ended.result).toMatchObject({ trials: 10_000, stoppedBy: "trials", complete: true });
  });

  test("stopped in the second run: the result of the years so far, the first run's with it", async () => {
    const controller = new AbortController();
    const { result } = await run(
      { sampling: "importance", batchTrials: 4096 },
      {
        until: "tvar99.5 < 0.001%",
        signal: controller.signal,
        onPart: ({ block }) => block.index === 17 && controller.abort(),
      },
    );
    expect(result).toMatchObject({ trials: 18 * 4096, complete: false, stoppedBy: "signal" });
    const whole = await run({ sampling: "importance", trials: 18 * 4096, horizon: result.horizon });
    expect(whole.result.mean).toEqual(result.mean);
  });

  test("losses that do not fit: what would do", async () => {
    const memoryLimit = 12e6;
    const refused = run({ sampling: "sobol", memoryLimit }, { until: "tvar99.5 < 0.001%" });
    await expect(refused).rejects.toMatchObject({ code: "OUT_OF_MEMORY" });
    await expect(refused).rejects.toThrow(
      /memoryLimit: \d+ trials need .*; \d+ would fit; for the precision; sampling plain/,
    );
  });

  test("runs grow by what they lack, between bounds", async () => {
    const asked: number[] = [];
    const simulationOf = (trials: number, se: number | null): Simulation => {
      asked.push(trials);
      const mean = { value: 1, se, low: null, high: null };
      return { result: { trials, complete: true, stoppedBy: "trials", mean, quantiles: [] } } as unknown as Simulation;
    };
    const bounds = [{ figure: "mean", p: null, limit: 0.1, isRelative: false } as const];
    const ses = [null, 0.2, 0.11, 0.09];
    const end = await runUntilPrecise(bounds, Infinity, async (trials) => simulationOf(trials, ses.shift()!));
    // 32 times as many where nothing is known, 4 · 1.15 as many, and 1.5 as many at least.
    expect(asked.map((trials) => trials / 65_536)).toEqual([1, 32, 148, 222]);
    expect(end.result.stoppedBy).toBe("precision");
  });
});

describe("a plan", () => {
  const explained = async (sampling: SamplingChoice, of = portfolio) =>
    await planResult(of, resolveConfig({ seed: "1", trials: 65_536, sampling, samplingLevel: 0.99 }));
  const mixed = bookOf(
    policy,
    { ...policy, id: "b", copies: 1, frequency: { law: "betaBinomial", size: 2, shape1: 3, shape2: 7 } },
    { ...policy, id: "c", copies: 1, terms: { insurerShare: 0 } },
    { ...policy, id: "d", copies: 1, severity: { law: "constant", value: 1 } },
    { ...policy, id: "e", copies: 1, frequency: { law: "geometric", prob: 0.5 } },
    {
      ...policy,
      id: "f",
      copies: 1,
      frequency: { law: "geometric", prob: 0.99 },
      severity: { law: "constant", value: 1 },
    },
    { ...policy, id: "g", copies: 1, frequency: { law: "negativeBinomial", size: 300, prob: 0.85 } },
  );

  test("importance: how many claims are added to which lines, and why none to the others", async () => {
    const { plan, sampling, lines } = await explained("importance", mixed);
    expect(sampling).toMatchObject({ method: "importance", reason: "argument", samplingLevel: 0.99, dimensions: null });
    const [a, b, c, d, e, f, g] = sampling.lines;
    expect(a).toMatchObject({ id: "a", isSampled: true, drivenClaims: 0, dimensions: null });
    expect(a.what).toMatch(/^\d.* of its largest claims added in a year of odd number$/);
    expect(e.what).toMatch(/^0\.\d+ of its largest claims added in a year of odd number$/);
    expect(sampling.addedClaims).toBeCloseTo(a.addedClaims + e.addedClaims, 10);
    expect(b).toMatchObject({
      isSampled: false,
      addedClaims: 0,
      what: "nothing: its counts are of a law that is not tilted",
    });
    expect(c.what).toBe("nothing: it pays no share");
    expect(d.what).toBe("nothing: none of its claims leads to the tail");
    expect(f.what).toBe("nothing: none of its claims leads to the tail");
    expect(g.what).toBe("its claims are larger in a year of odd number");
    expect(plan.lines[0].tilt).toBeDefined();
    expect(lines[0].draws).toBeGreaterThan((await explained("plain", mixed)).lines[0].draws);
    expect(sampling.pilotSeconds).toBeGreaterThan(0);
    // It counts by the laws: claims that are added are weighted away.
    expect(lines[0].claims).toBe(20);
  });

  test("sobol: dimensions one after the other, by the plan's own account", async () => {
    const { sampling, lines } = await explained("sobol", mixed);
    const used = sampling.lines.filter(({ dimensions }) => dimensions !== null);
    const sorted = used.map(({ dimensions }) => dimensions!).toSorted((x, y) => x.first - y.first);
    let next = 1;
    for (const { first, count } of sorted) {
      expect(first).toBe(next);
      next += count;
    }
    expect(sampling).toMatchObject({ dimensions: next - 1, replicates: 16, addedClaims: null, samplingLevel: null });
    expect(sampling.lines[0].what).toMatch(/^the count and the first 16 claims of a year: dimensions \d+ to \d+$/);
    expect(sampling.lines[2]).toMatchObject({ isSampled: false, drivenClaims: 0 });
    expect(sampling.lines[2].what).toMatch(/^nothing: .* too many copies$/);
    const plain = (await explained("plain", mixed)).lines;
    const moved = lines.filter(({ placement }, i) => placement !== plain[i].placement);
    expect(moved.length).toBeGreaterThan(0);
    for (const { placement, place } of moved) {
      expect([placement, place]).toEqual(["perTrial", "its sampling needs a count a year"]);
    }
  });

  test("other methods", async () => {
    const stratified = await explained("stratified", mixed);
    expect(stratified.sampling.lines[0].what).toBe("the count and the first 16 claims of a year");
    expect(stratified.sampling.lines[2].what).toMatch(/to spare$/);
    const control = await explained("control", mixed);
    expect(control.sampling.lines.map(({ isSampled }) => isSampled)).toEqual([
      true,
      true,
      false,
      true,
      true,
      true,
      true,
    ]);
    const plain = await explained("plain", mixed);
    expect(plain.sampling).toMatchObject({ method: "plain", reason: "argument", pilotSeconds: 0 });
    expect(plain.sampling.lines[0].what).toBe("plain");
  });
});
