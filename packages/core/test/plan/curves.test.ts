import { describe, expect, test } from "vitest";
import { type SeveritySpec, severity } from "../../src/index.ts";
import type { Elasticity } from "../../src/laws/law.ts";
import { amountAt } from "../../src/plan/curves/amount-at.ts";
import { AmountSeries, TERMS, converges, interpolationError, seriesAt } from "../../src/plan/curves/amount-series.ts";
import { curveOf } from "../../src/plan/curves/curve.ts";
import { FINEST, GRIDS, PLAIN, WIDEST, cellsOf, cellsWithin } from "../../src/plan/curves/grid.ts";
import { kinksAt } from "../../src/plan/curves/kinks-at.ts";
import { EVERYWHERE } from "../../src/plan/curves/reach.ts";
import { curveAt, exp2 } from "../../src/plan/recipe.ts";

const CONTINUED: readonly SeveritySpec[] = [
  { law: "gamma", shape: 0.3, scale: 1 },
  { law: "gamma", shape: 2.5, scale: 2000 },
  { law: "gamma", shape: 80, scale: 9 },
  { law: "inverseGamma", shape: 3.5, scale: 12_500 },
  { law: "inverseGaussian", mean: 5000, shape: 8000 },
  { law: "inverseGaussian", mean: 9, shape: 70 },
  { law: "beta", shape1: 1.5, shape2: 4, scale: 20_000 },
  { law: "beta", shape1: 4, shape2: 0.5, scale: 9 },
  { law: "truncated", of: { law: "normal", mean: 5000, sd: 1500 }, lower: 0 },
  { law: "truncated", of: { law: "normal", mean: -100, sd: 1500 }, lower: 0 },
  { law: "truncated", of: { law: "student", df: 4, location: 5000, scale: 1500 }, lower: 0 },
  { law: "truncated", of: { law: "student", df: 1.5, location: -10, scale: 1500 }, lower: 100, upper: 90_000 },
  { law: "truncated", of: { law: "gamma", shape: 2.5, scale: 2000 }, lower: 500, upper: 20_000 },
  { law: "truncated", of: { law: "lognormal", meanlog: 8, sdlog: 1.2 }, lower: 500, upper: 200_000 },
  { law: "pareto", shape: 3.5, scale: 12_500 },
  { law: "exponential", scale: 5000 },
  { law: "singleParameterPareto", shape: 2.5, min: 3500 },
  {
    law: "mixture",
    weights: [0.8, 0.2],
    components: [
      { law: "lognormal", meanlog: 8, sdlog: 1.2 },
      { law: "pareto", shape: 3.5, scale: 12_500 },
    ],
  },
  {
    law: "mixture",
    weights: [3, 1, 2],
    components: [
      { law: "gamma", shape: 2.5, scale: 2000 },
      { law: "inverseGaussian", mean: 5000, shape: 8000 },
      {
        law: "mixture",
        weights: [1, 1],
        components: [
          { law: "exponential", scale: 3000 },
          { law: "inverseGamma", shape: 3.5, scale: 12_500 },
        ],
      },
    ],
  },
];
const named = (spec: SeveritySpec): string => JSON.stringify(spec).replaceAll('"', "");

/** How far the series of a law are off where they have converged, relatively, and at how many of 33 points from −4 to 4. */
function worstOfSeries(spec: SeveritySpec, share: number, elasticity = severity(spec).elasticity!) {
  const law = severity(spec);
  const amount = amountAt(law, share);
  const series = new AmountSeries(law, elasticity, share);
  const out = new Float64Array(TERMS);
  let worst = 0;
  let converged = 0;
  for (let z = -4; z <= 4; z += 0.25) {
    series.write(out, z, amount(z), Math.log2(amount(z)));
    if (!converges(out, PLAIN.level)) continue;
    converged++;
    for (const d of [-0.125, -0.07, 0.05, 0.125]) {
      const error = Math.abs(2 ** seriesAt(out, d) / amount(z + d * WIDEST.width) - 1);
      if (!(error <= worst)) worst = error;
    }
  }
  return { worst, converged };
}

describe("the power series of amounts", () => {
  test.each(CONTINUED.flatMap((spec) => [1, 1 / 600].map((share) => [named(spec), share, spec] as const)))(
    "%s, share %d: within 1e-13 of the quantile",
    (_, share, spec) => {
      const { worst, converged } = worstOfSeries(spec, share);
      expect(converged).toBeGreaterThan(12);
      expect(worst).toBeLessThan(1e-13);
    },
  );

  test("an elasticity that is off by a part in a million shows", () => {
    for (const spec of CONTINUED) {
      const { elasticity } = severity(spec);
      const next: Elasticity["next"] = (...given) => elasticity!.next(...given) * (1 + 1e-6);
      expect(worstOfSeries(spec, 1, { next }).worst).toBeGreaterThan(1e-11);
    }
  });

  test("tells how far off interpolation is", () => {
    // log2 of a Weibull law's amounts is that of an exponential law's times 1 / shape: as a gamma law of shape 1 it has series.
    const law = severity({ law: "gamma", shape: 1, scale: 1 });
    const series = new Float64Array(TERMS);
    const [z, width] = [-1.8, 0.512];
    const amount = amountAt(law, 1);
    new AmountSeries(law, law.elasticity!, 1).write(series, z, amount(z), Math.log2(amount(z)));
    const nodes = Array.from({ length: 8 }, (_, k) => -0.5 * Math.cos((Math.PI * (2 * k + 1)) / 16));
    const at = (d: number) => Math.log2(amount(z + d * width));
    const lagrange = (d: number) =>
      nodes.reduce(
        (sum, node) =>
          sum +
          at(node) *
            nodes.reduce((product, other) => (other === node ? product : (product * (d - other)) / (node - other)), 1),
        0,
      );
    const error = Math.abs(lagrange(0.5) - at(0.5));
    expect(interpolationError(series, 1) / error).toBeGreaterThan(0.7);
    expect(interpolationError(series, 1) / error).toBeLessThan(1.4);
  });
});

describe("grids", () => {
  test("a cell is two of the next level", () => {
    for (const [level, { width, firstZ, offset, slope }] of GRIDS.entries()) {
      expect(offset + slope * firstZ).toBeCloseTo(0, 10);
      if (level === 0) continue;
      const wider = GRIDS[level - 1];
      for (const k of [0, 1, 7]) {
        expect(firstZ + (2 * k - 0.5) * width).toBeCloseTo(wider.firstZ + (k - 0.5) * wider.width, 12);
        expect(firstZ + (2 * k + 1.5) * width).toBeCloseTo(wider.firstZ + (k + 0.5) * wider.width, 12);
      }
    }
  });

  test("have cells for all that is reached", () => {
    for (const { cells, offset, slope } of GRIDS) {
      expect(cellsOf(slope)).toBe(cells);
      expect(cellsOf(-slope)).toBe(cells);
      expect(offset + slope * EVERYWHERE.low).toBeGreaterThan(-0.5);
      const { first, last } = cellsWithin(EVERYWHERE, offset, slope);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(last).toBeLessThan(cells);
      expect(last).toBe(Math.round(offset + slope * EVERYWHERE.high));
    }
  });
});

describe("a curve", () => {
  const reach = { low: -4, high: 4 };

  /** The curve of a law, with and without its series, and how many amounts it took. */
  function made(spec: SeveritySpec, isContinued = true, within = reach) {
    const law = severity(spec);
    const amount = amountAt(law, 1);
    let asked = 0;
    const counted: typeof amount = (...given) => {
      asked++;
      return amount(...given);
    };
    const { elasticity } = law;
    const series = isContinued && elasticity !== undefined ? new AmountSeries(law, elasticity, 1) : null;
    const curve = curveOf(counted, series, kinksAt(law, 1), within);
    let worst = 0;
    for (let i = 0; i <= 4000; i++) {
      const z = -4 + i / 500;
      const error = Math.abs(exp2(curveAt(curve.rows, 0, curve.offset + curve.slope * z)) / amount(z) - 1);
      if (error > worst) worst = error;
    }
    return { asked, worst, cells: cellsOf(curve.slope), curve };
  }

  test("kinks that are not reached make no narrow cells", () => {
    // Seven is reached by 7e-9 of all claims, from z = 5.67 on: doubles end there, but not the law.
    const { cells, worst } = made({ law: "beta", shape1: 0.5, shape2: 0.5, scale: 7 }, true, { low: -5, high: 5 });
    expect(cells).toBe(2 * PLAIN.cells);
    expect(worst).toBeLessThan(6e-13);
  });

  // Without series 9 amounts a cell, of 32 wide cells within reach.
  test.each([
    [{ law: "gamma", shape: 20, scale: 9 } as const, WIDEST.cells, 12],
    [{ law: "gamma", shape: 4, scale: 9 } as const, 2 * WIDEST.cells, 24],
    [{ law: "gamma", shape: 1, scale: 9 } as const, PLAIN.cells, 80],
    [{ law: "gamma", shape: 0.2, scale: 9 } as const, 2 * PLAIN.cells, 140],
    [
      { law: "truncated", of: { law: "student", df: 4, location: 5, scale: 1.5 }, lower: 0 } as const,
      2 * PLAIN.cells,
      200,
    ],
  ])("$law $shape: as wide as its series allow, for one amount a cell", (spec, cells, most) => {
    const { worst, ...found } = made(spec);
    expect(worst).toBeLessThan(6e-13);
    expect(found.cells).toBe(cells);
    expect(found.asked).toBeLessThan(most);
    expect(made(spec, false).asked).toBeGreaterThan(3 * found.asked);
  });

  test("has holes wherever it is not made, to its last cell", () => {
    for (const spec of [
      { law: "weibull", shape: 2, scale: 9 } as const,
      { law: "gamma", shape: 20, scale: 9 } as const,
    ]) {
      const law = severity(spec);
      const series = law.elasticity === undefined ? null : new AmountSeries(law, law.elasticity, 1);
      const found = new Set<boolean>();
      for (let high = 7; high <= 9.1; high += 0.05) {
        const { rows, offset, slope, hasHoles } = curveOf(amountAt(law, 1), series, [], { low: EVERYWHERE.low, high });
        const { first, last } = cellsWithin(EVERYWHERE, offset, slope);
        expect(hasHoles).toBe(rows.slice(first * 8, (last + 1) * 8).some(Number.isNaN));
        found.add(hasHoles);
      }
      expect([...found]).toEqual([true, false]);
    }
  });

  const spliced = (...breaks: number[]): SeveritySpec => ({
    law: "spliced",
    weights: [0.7, 0.2, 0.1].slice(0, breaks.length + 1),
    components: [
      { law: "lognormal", meanlog: 8, sdlog: 1.2 } as const,
      { law: "pareto", shape: 3.5, scale: 12_500 } as const,
      { law: "exponential", scale: 12_500 } as const,
    ].slice(0, breaks.length + 1),
    breaks,
  });

  test("is only narrow where it has to be: near kinks", () => {
    const { asked, worst, cells, curve } = made(spliced(10_000, 20_000));
    expect(cells).toBe(FINEST.cells);
    expect(worst).toBeLessThan(6e-13);
    // All cells of the finest grid would take 2,300.
    expect(asked).toBeLessThan(500);
    const { first, last } = cellsWithin(reach, curve.offset, curve.slope);
    const holes = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((k) =>
      Number.isNaN(curve.rows[k * 8]),
    );
    expect(holes).toHaveLength(2);
    expect(curve.hasKink).toBe(false);
  });

  test.each<[string, SeveritySpec]>([
    ["a splice", spliced(10_000)],
    ["triangular", { law: "triangular", min: 1000, mode: 3000, max: 12_000 }],
    ["two bins", { law: "histogram", edges: [0, 1000, 3000], weights: [1, 1] }],
    [
      "a mixture",
      {
        law: "mixture",
        weights: [1, 1],
        components: [
          { law: "singleParameterPareto", shape: 2, min: 2000 },
          { law: "gamma", shape: 2, scale: 900 },
        ],
      },
    ],
  ])("has no hole at a kink that is alone: two cells meet there: %s", (_, spec) => {
    const { worst, curve } = made(spec);
    expect(worst).toBeLessThan(6e-13);
    expect(curve.hasKink).toBe(true);
    const { first, last } = cellsWithin(reach, curve.offset, curve.slope);
    expect(curve.rows.slice(first * 8, (last + 1) * 8).some(Number.isNaN)).toBe(false);
    const [kink] = kinksAt(severity(spec), 1).filter((z) => Math.abs(z) < 4);
    const beside = curve.offset + curve.slope * kink - 0.5;
    expect(Math.abs(beside - Math.round(beside))).toBeLessThan(1e-12);
    // On both sides of it, as near as z is known.
    const law = severity(spec);
    for (const z of [kink - 1e-9, kink - 1e-13, kink + 1e-13, kink + 1e-9]) {
      const found = exp2(curveAt(curve.rows, 0, curve.offset + curve.slope * z));
      expect(Math.abs(found / amountAt(law, 1)(z) - 1)).toBeLessThan(1e-12);
    }
  });

  test("a jump is a hole, though it is alone", () => {
    const law = severity({ law: "gamma", shape: 2, scale: 900 });
    const jump = (z: number) => amountAt(law, 1)(z) + (z > 0.3 ? 1 : 0);
    const { rows, offset, slope, hasHoles, hasKink } = curveOf(jump, null, [0.3], reach);
    expect([hasHoles, hasKink, slope]).toEqual([true, false, FINEST.slope]);
    expect(rows[Math.round(offset + slope * 0.3) * 8]).toBeNaN();
  });
});
