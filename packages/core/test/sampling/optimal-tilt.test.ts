// Ratios against E[(S + z − x)+] / E[(S − x)+], added up loss by loss.
import { describe, expect, test } from "vitest";
import { type PilotLosses, optimalTilt, pilotLevels } from "../../src/sampling/optimal-tilt.ts";

/** Losses of a pilot run, in no order; a tenth of them 0. */
const total = Float64Array.from({ length: 500 }, (_, i) => {
  const k = (i * 197) % 500;
  return k < 50 ? 0 : -1000 * Math.log(1 - (k + 0.5) / 500) * (1 + (k % 7) / 10);
});
/** Weights of 1 on average, which go with the losses. */
const raw = total.map((loss, i) => 1 / (0.5 + loss / 1000 + (i % 3)));
const weight = raw.map((w) => (w * raw.length) / raw.reduce((sum, one) => sum + one, 0));

/** E[(S + z − x)+]. */
function beyond({ total: losses, weight: weights }: PilotLosses, x: number, z: number): number {
  return losses.reduce((sum, s, i) => sum + (weights?.[i] ?? 1) * Math.max(s + z - x, 0), 0) / losses.length;
}

/** The loss that is reached with a probability above 1 − p, and each larger one with no such probability. */
function quantileOf({ total: losses, weight: weights }: PilotLosses, p: number): number {
  const order = [...losses.keys()].sort((i, j) => losses[j] - losses[i]);
  let reached = 0;
  for (const i of order) {
    reached += (weights?.[i] ?? 1) / losses.length;
    if (reached > 1 - p) return losses[i];
  }
  return losses[order[order.length - 1]];
}

describe.each<[string, PilotLosses]>([
  ["plain losses", { total }],
  ["weighted losses", { total, weight }],
])("%s", (_, pilot) => {
  test.each([0.5, 0.9, 0.99])("at level %d, ratios change where the optimal one is half way", (p) => {
    const { amounts, ratios } = optimalTilt(pilot, p)!;
    const x = quantileOf(pilot, p);
    expect([amounts[0], ratios[0]]).toEqual([0, 1]);
    expect(amounts.length).toBe(ratios.length);
    expect(amounts.length).toBeGreaterThan(10);
    for (let k = 1; k < amounts.length; k++) {
      expect(amounts[k]).toBeGreaterThan(amounts[k - 1]);
      const optimal = Math.log(beyond(pilot, x, amounts[k]) / beyond(pilot, x, 0));
      const [below, above] = [Math.log(ratios[k - 1]), Math.log(ratios[k])];
      // A step is at least 0.02 long and has its ratio in the middle; steps grow by 15 % of where they are.
      expect(optimal).toBeGreaterThan(below);
      expect(optimal).toBeLessThan(above);
      expect(above - below).toBeCloseTo(Math.max(0.02, 0.15 * below), 9);
      expect(optimal).toBeCloseTo(above - Math.max(0.02, 0.15 * below) / 2, 9);
    }
  });

  test("end at four times the quantile", () => {
    const { amounts } = optimalTilt(pilot, 0.9)!;
    const x = quantileOf(pilot, 0.9);
    expect(amounts.at(-1)).toBeLessThan(4 * x);
    expect(amounts.at(-1)).toBeGreaterThan(2.5 * x);
  });

  test("are left as they are", () => {
    const before = [...pilot.total];
    optimalTilt(pilot, 0.9);
    expect([...pilot.total]).toEqual(before);
  });
});

test("weights of 1 are none, a loss of weight 2 is two of them, and one of weight 0 none", () => {
  expect(optimalTilt({ total, weight: new Float64Array(500).fill(1) }, 0.9)).toEqual(optimalTilt({ total }, 0.9));
  // Powers of 2, so that nothing is rounded.
  const twice = Float64Array.of(1000, 1000, 3000, 7000);
  const once = { total: Float64Array.of(1000, 3000, 7000, 9e9, 8), weight: Float64Array.of(2.5, 1.25, 1.25, 0, 0) };
  const [found, expected] = [optimalTilt(once, 0.7)!, optimalTilt({ total: twice }, 0.7)!];
  found.amounts.forEach((amount, k) => expect(amount).toBeCloseTo(expected.amounts[k], 9));
  expect(found.ratios).toEqual(expected.ratios);
});

test("there is none without losses, without one beyond the quantile, or where the quantile is 0", () => {
  expect(optimalTilt({ total: new Float64Array(100) }, 0.9)).toBe(null);
  expect(optimalTilt({ total: new Float64Array(100).fill(5) }, 0.9)).toBe(null);
  const rare = new Float64Array(100);
  rare[40] = 1000;
  expect(optimalTilt({ total: rare }, 0.9)).toBe(null);
  // Reached by the largest loss only.
  expect(optimalTilt({ total: rare }, 0.999)).toBe(null);
});

test("losses with an infinite mean get an end", () => {
  const heavy = Float64Array.from({ length: 1000 }, (_, i) => 1000 * (1 - (i + 0.5) / 1000) ** -2);
  const { amounts, ratios } = optimalTilt({ total: heavy }, 0.9)!;
  expect(amounts.at(-1)).toBeLessThan(4 * quantileOf({ total: heavy }, 0.9));
  for (const ratio of ratios) expect(ratio).toBeLessThan(10);
});

test("few losses of one size: amounts still ascend", () => {
  const two = Float64Array.from({ length: 1000 }, (_, i) => (i < 100 ? 2000 : 1000));
  const { amounts } = optimalTilt({ total: two }, 0.5)!;
  for (let k = 1; k < amounts.length; k++) expect(amounts[k]).toBeGreaterThan(amounts[k - 1]);
});

describe("levels of pilots", () => {
  test.each([
    [0.9, [0.9]],
    [0.99, [0.99]],
    [0.998, [0.998]],
    [0.999, [0.95, 0.999]],
    [0.9999, [0.995, 0.9999]],
    [0.99999, [0.975, 0.9995, 0.99999]],
  ])("of %d", (p, expected) => {
    const levels = pilotLevels(p);
    expect(levels.length).toBe(expected.length);
    levels.forEach((level, i) => expect(level).toBeCloseTo(expected[i], 12));
    expect(levels.at(-1)).toBe(p);
  });
});
