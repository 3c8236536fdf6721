import { describe, expect, test } from "vitest";
import { FORM, SEVERITY, type SeveritySpec, compile, holeFiller, severity } from "../../src/index.ts";
import { normalCdf, normalQuantile } from "../../src/math/normal.ts";
import { LEAST_SHARE, amountAt } from "../../src/plan/curves/amount-at.ts";
import { FINEST } from "../../src/plan/curves/grid.ts";
import { kinksAt } from "../../src/plan/curves/kinks-at.ts";
import { PIECE, piecesOf } from "../../src/plan/curves/pieces.ts";
import { amountsOf, fillListed, planOf } from "./compiled-amounts.ts";

const constant = (value: number) => ({ law: "constant" as const, value });
const lognormal = (meanlog: number, sdlog: number) => ({ law: "lognormal" as const, meanlog, sdlog });
const mixture = (weights: number[], ...components: SeveritySpec[]) => ({
  law: "mixture" as const,
  weights,
  components,
});
const listed = (count: number) => Array.from({ length: count }, (_, i) => 10 + 37.5 * i);
const exponential = { law: "exponential" as const, scale: 700 };
const splice = (weights: number[], breaks: number[], ...components: SeveritySpec[]) => ({
  law: "spliced" as const,
  weights,
  breaks,
  components,
});
const triangular = (min: number, mode: number, max: number) => ({ law: "triangular" as const, min, mode, max });

const LAWS: readonly (readonly [name: string, law: SeveritySpec])[] = [
  ["an atom within", mixture([1, 1], constant(1000), exponential)],
  ["an atom at 0", mixture([1, 3], constant(0), exponential)],
  ["a small atom", mixture([1e-5, 1], constant(1000), exponential)],
  ["an atom above all", mixture([1, 20], constant(5000), { law: "uniform", min: 10, max: 900 })],
  ["an atom below all", mixture([1, 20], constant(5), { law: "uniform", min: 10, max: 900 })],
  ["three atoms", mixture([2, 3], { law: "empirical", values: [50, 700, 9000], weights: [1, 2, 1] }, lognormal(6, 1))],
  ["fifty atoms", mixture([1, 2], { law: "empirical", values: listed(50) }, { law: "gamma", shape: 2, scale: 700 })],
  ["atoms in every cell", mixture([1, 2], { law: "empirical", values: listed(700) }, lognormal(8, 1.3))],
  ["an atom in a truncated law", { law: "truncated", of: mixture([1, 1], constant(500), exponential), lower: 100 }],
  ["a spliced atom", splice([0.9, 0.1], [25_000], lognormal(8, 1), constant(30_000))],
  [
    "a splice",
    splice([0.9, 0.1], [250_000], lognormal(10, 1), { law: "singleParameterPareto", shape: 1.9, min: 250_000 }),
  ],
  ["a mode", triangular(150, 420, 1400)],
  ["a pole", mixture([1, 2], { law: "beta", shape1: 0.4, shape2: 0.4, scale: 1000 }, exponential)],
  ["edges", { law: "histogram", edges: [0, 100, 500, 2000], weights: [3, 4, 2] }],
  ["edges with a gap", { law: "histogram", edges: [10, 100, 500, 2000], weights: [3, 0, 2] }],
  ["edges in every cell", { law: "histogram", edges: listed(401), weights: listed(400) }],
  ["a gap", mixture([1, 1], { law: "uniform", min: 10, max: 20 }, { law: "uniform", min: 100, max: 120 })],
  ["a root beside a gap", mixture([1, 1], triangular(10, 15, 20), triangular(100, 110, 200))],
  ["a steep stretch", mixture([1, 1], lognormal(2, 0.1), lognormal(12, 0.1))],
];
const SURVIVALS = [1, 0.9, 0.3, 2 ** -12];

/** The z of the normal table is off by 3e-14 at most, and the edges of an atom are where doubles have them. */
const NEAR = 2e-13;

/** Whether a line's amounts are those of its law at −z: it is thinned, but not to next to nothing. */
const isMirrored = (survival: number) => survival < 1 && survival >= LEAST_SHARE;

/** The z of `amountAt` that a uniform belongs to. */
function zOf(v: number, survival: number): number {
  const p = isMirrored(survival) ? survival * v : v;
  const z = p <= 0.5 ? normalQuantile(p, "lower") : normalQuantile(1 - p, "upper");
  return isMirrored(survival) ? -z : z;
}

/** The uniforms of z on the grid that draws are on: its neighbours, and those closer and closer to it from both sides. */
function uniformsAt(z: number, survival: number): number[] {
  const steps = Array.from({ length: 14 }, (_, j) => 2 ** (-2 * j) / 10);
  return [0, ...steps, ...steps.map((step) => -step)]
    .map((step) => (isMirrored(survival) ? -(z + step) : z + step))
    .map((at) => (at < 0 ? normalCdf(at) : 1 - normalCdf(-at)) / (isMirrored(survival) ? survival : 1))
    .flatMap((v) => [-2, -1, 0, 1, 2].map((step) => (Math.round(v * 2 ** 53) + step) * 2 ** -53))
    .filter((v) => v > 0 && v < 1);
}

/** How far an amount is, relatively, from what the law gives for z within NEAR. */
function distance(amount: (z: number) => number, z: number, x: number): number {
  const ends = [amount(z - NEAR), amount(z + NEAR)];
  const nearest = Math.min(Math.max(x, Math.min(...ends)), Math.max(...ends));
  return x === nearest ? 0 : Math.abs(x / nearest - 1);
}

describe.each(LAWS)("%s", (_, law) => {
  test.each(SURVIVALS)("is right on both sides of every kink, survival %d", (survival) => {
    const exact = severity(law);
    const amount = amountAt(exact, survival);
    const kinks = kinksAt(exact, survival);
    const some = kinks.filter((_kink, i) => kinks.length < 20 || i % Math.ceil(kinks.length / 20) < 2);
    const us = [...some, -2, -0.3, 0, 0.7, 2.5].flatMap((z) => uniformsAt(z, survival));
    const { form, amounts } = amountsOf(planOf(law, survival), us);
    expect(form).toBe(FORM.curve);
    const worst = us.map((v, i) => distance(amount, zOf(v, survival), amounts[i]));
    expect(Math.max(...worst)).toBeLessThan(1e-12);
    expect(us.length).toBeGreaterThan(250);
  });
});

describe("kinks", () => {
  const law = severity(mixture([1, 3], constant(100), { law: "uniform", min: 0, max: 200 }));

  test("are both ends of an atom", () => {
    const found = kinksAt(law, 1).map(normalCdf);
    expect(found.length).toBe(2);
    expect(found[0]).toBeCloseTo(0.375, 14);
    expect(found[1]).toBeCloseTo(0.625, 14);
  });

  test("of a line thinned to next to nothing are those of its claims, from the top", () => {
    const tail = severity(mixture([1, 1999], constant(100), { law: "uniform", min: 0, max: 10 }));
    // P(X = 100) = 0.0005, and the threshold is 9.99.
    const found = kinksAt(tail, 0.0005 + 0.9995 * 0.001).map(normalCdf);
    expect(found.length).toBeGreaterThan(0);
    for (const p of found) expect(p).toBeCloseTo(1 / 2.999, 10);
  });

  test("an amount's rounding is no atom", () => {
    expect(kinksAt(severity({ law: "uniform", min: 10, max: 900 }), 1)).toEqual([]);
  });
});

describe("pieces", () => {
  const none = new Float64Array(0);
  const scales = (pieces: ReturnType<typeof piecesOf>) => pieces.map(({ row }) => row[PIECE.scale]);

  test("one polynomial where that does", () => {
    expect(scales(piecesOf((position) => 2 ** (position / 9), 30, none))).toEqual([1]);
  });

  test("an atom is its amount", () => {
    const [low, atom, high] = piecesOf(
      (position) => (position < 29.75 ? 1 + position : position < 30.25 ? 77.7 : 50 + position),
      30,
      Float64Array.of(3, 29.75, 30.25, 31),
    );
    expect([low.end, atom.end, high.end]).toEqual([29.75, 30.25, 30.5]);
    expect([atom.row[PIECE.plus], atom.row[PIECE.times]]).toEqual([77.7, 0]);
    expect([low.row[PIECE.scale], high.row[PIECE.scale]]).toEqual([4, 4]);
  });

  test("what is not smooth is halved, and what is left asked of the law", () => {
    const found = piecesOf((position) => 1 + Math.sqrt(position - 29.5 + 1e-300), 30, none);
    const asked = found.filter(({ row }) => Number.isNaN(row[PIECE.plus]));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every(({ end }) => end < 29.51)).toBe(true);
    expect(found.length).toBeLessThan(50);
  });

  test("noise is asked of the law, after some tries", () => {
    let asked = 0;
    const found = piecesOf((position) => 1 + position + (asked++ % 2) / 1000, 30, none);
    expect(found.every(({ row }) => Number.isNaN(row[PIECE.scale]))).toBe(true);
    expect(asked).toBeLessThan(1000);
  });

  test("amounts beyond 2^t are asked of the law", () => {
    const found = piecesOf((position) => 2 ** ((position - 30) * 2040), 30, none);
    const asked = found.filter(({ row }) => Number.isNaN(row[PIECE.scale]));
    expect(asked.length).toBeGreaterThan(0);
    // 1000 / 2040 is 0.4902.
    expect(found.every(({ end, row }) => Math.abs(end - 30) < 0.4915 || Number.isNaN(row[PIECE.scale]))).toBe(true);
  });
});

test("a filled cell costs its law next to no quantiles", () => {
  // Mostly atoms: what is asked of the law is what makes such laws slow.
  const law = severity(LAWS.find(([name]) => name === "atoms in every cell")![1]);
  const cuts = Float64Array.from(kinksAt(law, 1), (z) => FINEST.slope * z + FINEST.offset);
  const amount = amountAt(law, 1);
  let share = 0;
  for (const cell of [200, 250, 260, 300]) {
    let from = cell - 0.5;
    for (const { end, row } of piecesOf((at) => amount((at - FINEST.offset) / FINEST.slope), cell, cuts)) {
      if (Number.isNaN(row[PIECE.plus])) share += end - from;
      from = end;
    }
  }
  expect(share).toBeLessThan(1e-3);
});

test("holes are listed and filled in any order, however many", () => {
  const plan = planOf(LAWS[0][1]);
  const compiled = compile(plan);
  expect(compiled.severities[SEVERITY.hasHoles]).toBe(1);
  const fill = holeFiller(plan, compiled);
  const z = Float64Array.from({ length: 3000 }, (_, i) => (((i * 37) % 3000) - 1500) / 300);
  const together = new Float64Array(3000).fill(NaN);
  fillListed(fill, 0, z, together, 3000);
  const alone = Float64Array.from(z, (one) => {
    const x = Float64Array.of(NaN);
    fillListed(holeFiller(plan, compiled), 0, Float64Array.of(one), x, 1);
    return x[0];
  });
  expect(together).toEqual(alone);
});
