// Controls by hand, and their sums over a trial.
import { describe, expect, test } from "vitest";
import type { Losses } from "../../src/contract.ts";
import { BLOCK_TRIALS } from "../../src/plan/block.ts";
import { CONTROLS, controlLimits, controlSampler } from "../../src/sampling/control.ts";
import { exponential, lineOf, planOf, poisson } from "./books.ts";

const NO_YEAR = { occurrence: { deductible: 100 }, insurerShare: 0.5 };
const YEAR = { aggregate: { deductible: 300, limit: 500 }, insurerShare: 0.25 };
const planWith = (...terms: object[]) =>
  planOf(
    terms.map((one) => ({ frequency: poisson(1), severity: exponential, terms: one })),
    { optimizationLevel: 0 },
  );

function controlsOf(sampler: ReturnType<typeof controlSampler>): [low: Float64Array, high: Float64Array] {
  const controls = new Float64Array(CONTROLS * BLOCK_TRIALS).fill(NaN);
  sampler.finish({ controls } as unknown as Losses);
  return [controls.subarray(0, BLOCK_TRIALS), controls.subarray(BLOCK_TRIALS)];
}

test.each<[string, object, readonly [number, number]]>([
  ["no terms of the year", NO_YEAR, [0, Infinity]],
  ["a deductible", { aggregate: { deductible: 300 } }, [300, Infinity]],
  ["a limit", { aggregate: { limit: 500 } }, [0, 500]],
  ["both", YEAR, [300, 800]],
])("payments count up to, with %s", (_, terms, limits) => {
  expect(controlLimits(lineOf({ frequency: poisson(1), severity: exponential, terms }))).toEqual(limits);
});

describe("a trial's controls", () => {
  test("are its payments up to both limits, by their lines' shares", () => {
    const sampler = controlSampler(planWith(NO_YEAR, YEAR));
    sampler.begin(0);
    sampler.payments(0, 3, Float64Array.of(1000, 0, 4000, 9e9), Uint16Array.of(7, 7, 4095, 7));
    sampler.payments(1, 4, Float64Array.of(200, 1000, 600, 40), Uint16Array.of(7, 7, 0, 0));
    const [low, high] = controlsOf(sampler);
    expect([low[7], low[0], low[4095]]).toEqual([0.25 * (200 + 300), 0.25 * (300 + 40), 0]);
    expect([high[7], high[0], high[4095]]).toEqual([500 + 0.25 * (200 + 800), 0.25 * (600 + 40), 2000]);
    expect(low.reduce((sum, one) => sum + one, 0)).toBe(210);
    expect(high.reduce((sum, one) => sum + one, 0)).toBe(750 + 160 + 2000);
  });

  test("of the next block begin at 0", () => {
    const sampler = controlSampler(planWith(NO_YEAR));
    sampler.begin(0);
    sampler.payments(0, 1, Float64Array.of(1000), Uint16Array.of(7));
    sampler.begin(1);
    for (const controls of controlsOf(sampler)) expect(controls.every((one) => one === 0)).toBe(true);
  });

  test("do not depend on how claims are cut into chunks", () => {
    const paid = Float64Array.from({ length: 1000 }, (_, i) => (i * 7919) % 3001);
    const trials = Uint16Array.from({ length: 1000 }, (_, i) => (i * 31) % 50);
    const [whole, cut] = [controlSampler(planWith(YEAR)), controlSampler(planWith(YEAR))];
    whole.begin(0);
    whole.payments(0, 1000, paid, trials);
    cut.begin(0);
    for (let first = 0; first < 1000; first += 37) {
      const n = Math.min(37, 1000 - first);
      cut.payments(0, n, paid.subarray(first), trials.subarray(first));
    }
    expect(controlsOf(cut)).toEqual(controlsOf(whole));
  });
});

test("payments alone are handed over, of lines that pay", () => {
  const sampler = controlSampler(planWith(NO_YEAR, { insurerShare: 0 }));
  const nothing = { counts: false, claims: false, payments: false };
  expect(sampler.lines).toEqual([{ ...nothing, payments: true }, nothing]);
  const uniforms = Float64Array.of(0.25);
  sampler.begin(0);
  sampler.counts(0, 0, 0, 1, uniforms);
  sampler.claims(0, 0, 1, uniforms, Uint16Array.of(0));
  expect(uniforms[0]).toBe(0.25);
});
