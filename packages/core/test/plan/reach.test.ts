import { describe, expect, test } from "vitest";
import { SCALE, SEVERITY, compile } from "../../src/index.ts";
import { normalCdf } from "../../src/math/normal.ts";
import { Demand, EVERYWHERE, partOf } from "../../src/plan/curves/reach.ts";
import { amountOf, planOf } from "./compiled-amounts.ts";

function reachOf(...lines: readonly (readonly [claims: number, survival: number])[]) {
  const demand = new Demand();
  for (const [claims, survival] of lines) demand.add(claims, survival);
  return demand.reach();
}

describe("how far claims go", () => {
  // SciPy 1.10.1: norm.ppf of 1e-4, 1e-5, 0.9, 0.75 and 1/512.
  test.each([
    ["claims that are not thinned", [[2500, 1]], -3.719016485455681, 3.719016485455681],
    [
      "several lines",
      [
        [10_000, 1],
        [15_000, 1],
      ],
      -4.264890793922825,
      4.264890793922825,
    ],
    ["thinned: none below the threshold", [[2250, 0.9]], -1.2815515655446004, 3.719016485455681],
    [
      "the least thinned of several",
      [
        [2250, 0.9],
        [16_875, 0.75],
      ],
      -1.2815515655446004,
      4.264890793922825,
    ],
    ["thinned to less than 1/512: of its own claims", [[2500, 0.001]], -3.719016485455681, 3.719016485455681],
    [
      "thinned and not",
      [
        [2500, 1],
        [20_250, 0.9],
      ],
      -3.719016485455681,
      4.264890793922825,
    ],
    ["hardly a claim", [[0.5, 1]], 0, 0],
    ["hardly a claim, and far out", [[0.1, 1 / 512]], 2.8856349124267573, 2.8856349124267573],
  ] as const)("%s", (_, lines, low, high) => {
    const reach = reachOf(...lines);
    expect(reach.low).toBeCloseTo(low, 12);
    expect(reach.high).toBeCloseTo(high, 12);
  });

  test("is never beyond what uniforms reach", () => {
    expect(reachOf([Infinity, 1])).toEqual(EVERYWHERE);
    expect(reachOf([1e30, 1])).toEqual(EVERYWHERE);
    expect(partOf(EVERYWHERE)).toBe(1);
  });
});

describe("a curve", () => {
  const weibull = { law: "weibull", shape: 1.7, scale: 3000 };
  const rowsOf = (plan: Parameters<typeof compile>[0]) => {
    const { curves, severities, scales } = compile(plan);
    const start = severities[SEVERITY.start];
    const zOf = (row: number) => (row - scales[SCALE.offset]) / scales[SCALE.slope];
    const made = Array.from({ length: 69 }, (_, row) => row).filter((row) => !Number.isNaN(curves[start + row * 8]));
    return {
      made,
      first: zOf(made[0] - 0.5),
      last: zOf(made[made.length - 1] + 0.5),
      hasHoles: severities[SEVERITY.hasHoles],
    };
  };

  test.each([
    ["whole", 1],
    ["thinned", 0.8],
  ])("%s: is made as far out as a quarter of a claim of the horizon is", (_, survival) => {
    const { made, first, last, hasHoles } = rowsOf(planOf(weibull, survival, 0.5, 65_536));
    expect(hasHoles).toBe(1);
    expect(made[made.length - 1] - made[0] + 1).toBe(made.length);
    // The largest amounts of a thinned line are those of the lowest z; `planOf` thins the claims that it is given.
    const claims = 0.5 * 65_536;
    const beyond = claims * normalCdf(-Math.abs(last));
    expect(beyond).toBeLessThan(0.25);
    expect(beyond).toBeGreaterThan(0.01);
    if (survival === 1) {
      expect(claims * normalCdf(first)).toBeLessThan(0.25);
    } else {
      expect(last).toBeLessThan(0);
      // Φ⁻¹(0.8): no z is above.
      expect(first).toBeGreaterThan(0.8416212335729143);
      expect(first).toBeLessThan(0.8416212335729143 + 0.26);
    }
  });

  test("has no end where a quantile table may be made of it, or where a tilt draws more of the tail", () => {
    const full = Array.from({ length: 69 }, (_, row) => row);
    // Two lines of 600,000 claims each share the curve.
    const { lines, ...plan } = planOf(weibull, 1, 0.6, 1_048_576);
    expect(rowsOf({ ...plan, lines: [...lines, { ...lines[0], copies: 1 }] }).made).toEqual(full);
    const few = planOf(weibull, 1, 0.1);
    expect(rowsOf(few).made.length).toBeLessThan(40);
    expect(rowsOf({ ...few, lines: few.lines.map((line) => ({ ...line, tilt: [1] })) }).made).toEqual(full);
  });

  test.each([weibull, { law: "gamma", shape: 1.7, scale: 3000 }])(
    "$law: gives the same amounts beyond its ends, to rounding",
    (law) => {
      const few = planOf(law, 1, 0.001);
      const many = planOf(law, 1, 0.9, 1_048_576);
      const [here, there] = [compile(few), compile(many)];
      let differing = 0;
      for (const u of [2 ** -53, 1e-9, 1e-4, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 1e-4, 1 - 1e-9, 1 - 2 ** -53]) {
        const [a, b] = [amountOf(few, here, 0, u), amountOf(many, there, 0, u)];
        expect(Math.abs(a / b - 1)).toBeLessThan(5e-13);
        differing += Number(a !== b);
      }
      // Two ways to the same number.
      expect(differing).toBeGreaterThan(0);
    },
  );
});
