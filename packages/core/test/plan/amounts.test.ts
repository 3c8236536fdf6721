import { afterEach, describe, expect, test, vi } from "vitest";
import {
  COUNT,
  FORM,
  type Plan,
  SCALE,
  SEVERITY,
  compile,
  holeFiller,
  severity,
  tableAt,
  AMOUNTS,
} from "../../src/index.ts";
import { normalQuantile } from "../../src/math/normal.ts";
import { normalTable } from "../../src/plan/curves/normal-table.ts";
import {
  QUANTILE_MIDDLES,
  ROOTS,
  POWERS,
  cellOf,
  curveAt,
  exp2,
  lookUp,
  quantileRowOf,
  rowOf,
  tailOf,
} from "../../src/plan/recipe.ts";
import { vectorCases } from "../severities/vectors.ts";
import { amountOf, amountsOf, fillListed, planOf } from "./compiled-amounts.ts";

function refuse(): never {
  throw new RangeError("no address space");
}

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Uniforms in both tails and between, on the grid that draws are on; the same every time. */
function someUniforms(count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const x = (i + 0.5) / count;
    const u = i % 3 === 0 ? x : 2 ** (-53 * ((x * 7) % 1)) * (0.5 + x / 2);
    const onGrid = Math.max(Math.round(u * 2 ** 53), 1) * 2 ** -53;
    return i % 3 === 2 ? 1 - onGrid || 2 ** -53 : Math.min(onGrid, 1 - 2 ** -53);
  });
}

const US = someUniforms(3000);

/** Q(u), or Q(survival · u) of the upper tail, by the law. */
function truth(spec: object, survival: number, u: number): number {
  const law = severity(spec as Parameters<typeof severity>[0]);
  return survival < 1 ? law.quantile(survival * u, "upper") : law.quantile(u, "lower");
}

function worstOf(spec: object, survival: number, us = US, lambda = 1, horizon?: number) {
  const { form, amounts } = amountsOf(planOf(spec, survival, lambda, horizon), us);
  const errors = amounts.map((x, i) => {
    const expected = truth(spec, survival, us[i]);
    return x === expected ? 0 : Math.abs(x / expected - 1);
  });
  return { form, worst: errors.reduce((most, error) => (error > most || Number.isNaN(error) ? error : most), 0) };
}

describe("the recipe", () => {
  test("a tail keeps all the digits of its uniform, and says which it is", () => {
    for (const u of US) {
      const tail = tailOf(u);
      expect(u <= 0.5 ? tail : 1 - tail * 2 ** 64).toBe(u);
      expect(tail > 2 ** -64).toBe(u <= 0.5);
    }
    expect(tailOf(0.5)).toBe(0.5);
  });

  test("a row of a quantile table has its middle, and belongs to one stretch of one tail", () => {
    const owners = new Set<number>();
    for (let octave = -63; octave <= -2; octave++) {
      for (let row = 0; row < 8; row++) {
        for (const unit of [1, 2 ** -64]) {
          const start = 2 ** octave * (1 + row / 8) * unit;
          const middle = start + 2 ** octave * unit * (1 / 16);
          expect(QUANTILE_MIDDLES[quantileRowOf(start)]).toBe(middle);
          expect(quantileRowOf(middle * (1 + 1 / 32))).toBe(quantileRowOf(start));
          expect(owners.has(quantileRowOf(start))).toBe(false);
          owners.add(quantileRowOf(start));
        }
      }
    }
  });

  test("every row belongs to one stretch of one tail", () => {
    const owners = new Map<number, string>();
    for (let octave = -63; octave <= -2; octave++) {
      for (let row = 0; row < 32; row++) {
        for (const unit of [1, 2 ** -64]) {
          const start = 2 ** octave * (1 + row / 32) * unit;
          expect(rowOf(start)).toBe(rowOf(start * (1 + 1 / 64)));
          expect(owners.has(rowOf(start))).toBe(false);
          owners.set(rowOf(start), `${octave} ${row} ${unit}`);
        }
      }
    }
    expect(owners.has(rowOf(0.5))).toBe(false);
  });

  test("the normal table is within 1e-13 of the quantile, in both tails", () => {
    const table = normalTable();
    let worst = 0;
    for (const u of US) {
      const tail = tailOf(u);
      const z = lookUp(table, rowOf(tail) * 8, tail);
      const expected = u <= 0.5 ? normalQuantile(u, "lower") : normalQuantile(1 - u, "upper");
      worst = Math.max(worst, Math.abs(z - expected));
    }
    // Tails of thinned lines.
    for (let p = 2 ** -63; p < 2 ** -54; p *= 1.37) {
      worst = Math.max(worst, Math.abs(lookUp(table, rowOf(p) * 8, p) - normalQuantile(p, "lower")));
    }
    expect(worst).toBeLessThan(1e-13);
    expect(lookUp(table, rowOf(0.5) * 8, 0.5)).toBeCloseTo(0, 12);
  });

  test("a coefficient that is off shows", () => {
    const table = normalTable().slice();
    const row = rowOf(0.3) * 8;
    table[row] += 1e-11;
    expect(Math.abs(lookUp(table, row, 0.3) - normalQuantile(0.3, "lower"))).toBeGreaterThan(1e-12);
  });

  test("2^t", () => {
    let worst = 0;
    for (let i = -20_000; i <= 20_000; i++) worst = Math.max(worst, Math.abs(exp2(i / 20.01) / 2 ** (i / 20.01) - 1));
    expect(worst).toBeLessThan(3e-13);
    let near = 0;
    for (let i = -4000; i <= 4000; i++) near = Math.max(near, Math.abs(exp2(i / 100.1) / 2 ** (i / 100.1) - 1));
    expect(near).toBeLessThan(1e-14);
    expect([exp2(0), exp2(10), exp2(-1000)]).toEqual([1, 1024, 2 ** -1000]);
    expect(ROOTS.every((root, j) => Math.abs(root / 2 ** (j / 512) - 1) < 3e-16)).toBe(true);
    expect([POWERS[1], POWERS[1023], POWERS[2046]]).toEqual([2 ** -1022, 1, 2 ** 1023]);
  });

  test("cells are the nearest whole number, ties to even", () => {
    expect([0.4, 0.5, 0.6, 1.5, 2.5].map(cellOf)).toEqual([0, 0, 1, 2, 2]);
    const rows = Float64Array.of(1, 2, 0, 0, 0, 0, 0, 0, 5, 0, 1, 0, 0, 0, 0, 0);
    expect([curveAt(rows, 0, 0.25), curveAt(rows, 0, 0.75), curveAt(rows, 8, 0.25)]).toEqual([
      1.5,
      5.0625,
      5.0625 - 0.0,
    ]);
  });
});

describe("amounts of the reference laws", () => {
  const all = vectorCases("vectors/quantiles.json");
  // A law that can be negative is refused at the door; the references have them.
  const cases = all.filter(({ spec, ppf }) => !/^(normal|student)$/.test(spec.law) && ppf.every((x) => x >= 0));

  test("all but laws that can be negative are looked at, and these are few", () => {
    expect(all.length - cases.length).toBeLessThan(10);
    expect(new Set(cases.map(({ spec }) => spec.law)).size).toBeGreaterThan(15);
  });

  test.each(cases.map((one) => [one.name, one] as const))("%s: within 1e-12 of the reference quantiles", (_, one) => {
    const { spec, u, ppf, cond } = one;
    const { amounts } = amountsOf(planOf(spec), u);
    const errors = amounts.map((x, i) => {
      if (x === ppf[i]) return 0;
      // Where an amount follows its uniform's last digits twenty times over, so it does those of the normal.
      return Math.abs(x / ppf[i] - 1) / Math.max(1, cond[i] || 1);
    });
    expect(Math.max(...errors)).toBeLessThan(1e-12);
  });

  // S is a power of two, so that S · v is the reference's probability itself. 2^-12 is beyond LEAST_SHARE.
  test.each(cases.map((one) => [one.name, one] as const))(
    "%s: thinned, in the upper tail",
    (_, { spec, deepTails }) => {
      for (const survival of [0.5, 2 ** -12]) {
        const tails = deepTails.filter(([q]) => q < survival && q / survival >= 2 ** -53);
        const { amounts } = amountsOf(
          planOf(spec, survival),
          tails.map(([q]) => q / survival),
        );
        const errors = amounts.map((x, i) => (x === tails[i][2] ? 0 : Math.abs(x / tails[i][2] - 1)));
        expect(Math.max(...errors)).toBeLessThan(1e-12);
      }
    },
  );

  test("the normal table is within 1e-13 of the reference normals", () => {
    const table = normalTable();
    const { spec, u, ppf } = all.find((one) => one.spec.law === "normal" && one.spec.mean === 0)!;
    expect(spec).toMatchObject({ sd: 1 });
    const errors = u.map((p, i) => Math.abs(lookUp(table, rowOf(tailOf(p)) * 8, tailOf(p)) - ppf[i]));
    expect(Math.max(...errors)).toBeLessThan(1e-13);
  });

  test("a coefficient of a curve that is off by 2e-12 shows", () => {
    const plan = planOf({ law: "gamma", shape: 1.7, scale: 3000 });
    const compiled = compile(plan);
    const before = amountOf(plan, compiled, 0, 0.3);
    const z = normalQuantile(0.3, "lower");
    const cell = cellOf(compiled.scales[1] * z + compiled.scales[0]);
    compiled.curves[compiled.severities[SEVERITY.start] + cell * 8] += 3e-12;
    expect(Math.abs(amountOf(plan, compiled, 0, 0.3) / before - 1)).toBeGreaterThan(1e-12);
  });
});

describe("holes", () => {
  const laws: readonly object[] = [
    { law: "triangular", min: 150, mode: 420, max: 1400 },
    { law: "histogram", edges: [0, 100, 500, 2000], weights: [3, 4, 2] },
    {
      law: "mixture",
      weights: [1, 1],
      components: [
        { law: "constant", value: 1000 },
        { law: "exponential", scale: 700 },
      ],
    },
  ];

  test.each(laws.map((law) => [(law as { law: string }).law, law] as const))(
    "%s: what no polynomial describes comes from the law, and nothing else is touched",
    (_, law) => {
      // Shares whose claims reach every kink of these laws.
      for (const survival of [1, 0.9]) {
        const plan = planOf(law, survival);
        const compiled = compile(plan);
        const { curves, scales, severities } = compiled;
        expect([severities[SEVERITY.form], severities[SEVERITY.hasHoles]]).toEqual([FORM.curve, 1]);
        const table = normalTable();
        const share = scales[2];
        const z = Float64Array.from(US, (v) => lookUp(table, rowOf(tailOf(share * v)) * 8, tailOf(share * v)));
        const isHole = [...z].map((one) => {
          const cell = cellOf(scales[1] * one + scales[0]);
          return Number.isNaN(curves[severities[SEVERITY.start] + cell * 8]);
        });
        // The last hole is beyond n, and stays as it is.
        const n = isHole.lastIndexOf(true);
        const x = Float64Array.from(isHole, (is) => (is ? NaN : -1));
        fillListed(holeFiller(plan, compiled), 0, z, x, n);
        x.slice(0, n).forEach((found, i) => {
          const expected = truth(law, survival, US[i]);
          if (!isHole[i]) expect(found).toBe(-1);
          else expect(found === expected ? 0 : Math.abs(found / expected - 1)).toBeLessThan(1e-12);
        });
        expect(x[n]).toBeNaN();
        expect(n).toBeGreaterThan(0);
      }
    },
  );
});

const LAWS: readonly object[] = [
  { law: "lognormal", meanlog: 8, sdlog: 1.3 },
  { law: "exponential", scale: 5000 },
  { law: "gamma", shape: 1.7, scale: 3000 },
  { law: "inverseGamma", shape: 3, scale: 3000 },
  { law: "weibull", shape: 0.8, scale: 9000 },
  { law: "pareto", shape: 2.2, scale: 4000 },
  { law: "singleParameterPareto", shape: 2.2, min: 4000 },
  { law: "generalizedPareto", shape: 0.3, scale: 1000, location: 100 },
  { law: "burr", shape1: 2, shape2: 1.5, scale: 3000 },
  { law: "inverseGaussian", mean: 5000, shape: 3000 },
  { law: "beta", shape1: 2, shape2: 3, scale: 10_000 },
  { law: "uniform", min: 100, max: 900 },
  { law: "triangular", min: 150, mode: 420, max: 1400 },
  { law: "histogram", edges: [0, 100, 500, 2000], weights: [3, 4, 2] },
  {
    law: "spliced",
    weights: [0.9, 0.1],
    breaks: [250_000],
    components: [
      { law: "lognormal", meanlog: 10, sdlog: 1 },
      { law: "singleParameterPareto", shape: 1.9, min: 250_000 },
    ],
  },
];

describe("amounts of every kind of law", () => {
  test.each(LAWS.map((law) => [(law as { law: string }).law, law] as const))("%s: whole and thinned", (_, law) => {
    for (const survival of [1, 0.9, 0.2]) {
      const { worst } = worstOf(law, survival);
      expect(worst).toBeLessThan(1e-12);
    }
  });

  test("a line thinned to next to nothing has a curve of its own", () => {
    const excess = { law: "lognormal", meanlog: 8, sdlog: 1.3 };
    expect(worstOf(excess, 1 / 512)).toMatchObject({ form: FORM.line });
    const { form, worst } = worstOf(excess, 1e-5);
    expect(form).toBe(FORM.curve);
    expect(worst).toBeLessThan(1e-12);
  });

  // Below 2^-9 the tails S · v of small uniforms are below 2^-63, where the normal table ends.
  test.each([1 / 512, 1 / 513, 2 ** -12, 1e-8])("the smallest uniforms of a line thinned to %d", (survival) => {
    const { form, worst } = worstOf({ law: "lognormal", meanlog: 8, sdlog: 1.3 }, survival, [
      2 ** -54,
      2 ** -53,
      1e-15,
    ]);
    expect(form).toBe(survival < 1 / 512 ? FORM.curve : FORM.line);
    expect(worst).toBeLessThan(1e-12);
  });

  test("lognormals whose amounts leave the range of 2^t are asked of the law", () => {
    const { form, worst } = worstOf({ law: "lognormal", meanlog: 0, sdlog: 90 }, 1);
    expect(form).toBe(FORM.curve);
    // 90 times the error of the normal.
    expect(worst).toBeLessThan(1e-11);
  });

  test("amounts of 0 are 0", () => {
    const tiny = { law: "gamma", shape: 0.002, scale: 1 };
    const us = [0.001, 0.01, 0.3, 0.99];
    const expected = us.map((u) => truth(tiny, 1, u));
    const { amounts } = amountsOf(planOf(tiny), us);
    expect(expected.filter((x) => x === 0).length).toBe(2);
    expect(amounts.map((x) => x === 0)).toEqual(expected.map((x) => x === 0));
    expect(Math.max(...amounts.map((x, i) => (x === 0 ? 0 : Math.abs(x / expected[i] - 1))))).toBeLessThan(1e-10);
  });

  test("a law that is an atom for the most part is exact there", () => {
    const half = {
      law: "mixture",
      weights: [0.6, 0.4],
      components: [
        { law: "constant", value: 1000 },
        { law: "exponential", scale: 400 },
      ],
    };
    const us = US.filter((_, i) => i % 20 === 0);
    const { amounts } = amountsOf(planOf(half), us);
    const expected = us.map((u) => truth(half, 1, u));
    expect(amounts.filter((x) => x === 1000).length).toBe(expected.filter((x) => x === 1000).length);
    expect(Math.max(...amounts.map((x, i) => Math.abs(x / expected[i] - 1)))).toBeLessThan(1e-12);
  });
});

describe("steps", () => {
  const empirical = { law: "empirical", values: [500, 100, 100, 9.5, 4], weights: [1, 2, 0, 3, 4] };

  test.each([
    ["constant", { law: "constant", value: 77.7 }, 1],
    ["constant, thinned", { law: "constant", value: 77.7 }, 0.999],
    ["empirical", empirical, 1],
    ["empirical, thinned above 5", empirical, 0.6],
    ["empirical, thinned above 50", empirical, 0.3],
  ])("%s: exactly the amounts of the law", (_, law, survival) => {
    const { form, amounts } = amountsOf(planOf(law, survival), US);
    expect(form).toBe(FORM.steps);
    expect(amounts).toEqual(US.map((u) => truth(law, survival, u)));
  });

  test("more amounts than thresholds of a table are asked of the law", () => {
    const values = Array.from({ length: 65_537 }, (_, i) => i + 1);
    const { form, amounts } = amountsOf(planOf({ law: "empirical", values }), [0.25, 0.75]);
    expect(form).toBe(FORM.curve);
    expect(amounts).toEqual([16_385, 49_153]);
  });
});

describe("quantile tables", () => {
  const gamma = { law: "gamma", shape: 2, scale: 300 };
  const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1.5 };
  const formOf = (plan: Plan) => compile(plan).severities[SEVERITY.form];

  test("go to lines that draw enough, in a block and over the horizon", () => {
    expect(formOf(planOf(gamma, 1, 2, 1e6))).toBe(FORM.quantile);
    expect(formOf(planOf(gamma, 1, 2, 4096))).toBe(FORM.curve);
    expect(formOf(planOf(lognormal, 1, 2, 1e6))).toBe(FORM.quantile);
    expect(formOf(planOf(lognormal, 1, 2, 4096))).toBe(FORM.line);
    expect(formOf(planOf({ law: "triangular", min: 0, mode: 1, max: 2 }, 1, 2, 1e6))).toBe(FORM.curve);
  });

  test("go to fewer claims in a plan of 16 lines than in one of 17", () => {
    const formIn = (length: number, lambda: number, copies = 1) => {
      const { lines, ...plan } = planOf(lognormal, 1, lambda, 1e6);
      const idle = { ...lines[0], frequency: { law: "poisson" as const, lambda: 0.01 } };
      // Claims of equal laws are counted together: these have others.
      const others = Array.from({ length: length - 1 }, (_, i) => ({
        ...idle,
        severity: { law: "lognormal" as const, meanlog: i / 100, sdlog: 1 },
      }));
      return formOf({ ...plan, lines: [{ ...lines[0], copies }, ...others] });
    };
    expect(formIn(17, 0.9)).toBe(FORM.line);
    expect(formIn(17, 0.9, 2)).toBe(FORM.quantile);
    expect(formIn(16, 0.9)).toBe(FORM.quantile);
    expect(formIn(16, 0.09)).toBe(FORM.line);
    expect(formIn(16, 0.09, 2)).toBe(FORM.quantile);
  });

  test("go to claims of several lines together, where they are of one law", () => {
    const { lines, ...plan } = planOf(lognormal, 1, 0.6, 1e6);
    const others = Array.from({ length: 17 }, (_, i) => ({
      ...lines[0],
      severity: { ...lognormal, meanlog: i / 100 } as const,
    }));
    const formsOf = (second: number) => {
      const [first] = lines;
      const like = { ...first, severity: { ...lognormal, meanlog: second } as const };
      const { severities } = compile({ ...plan, lines: [first, ...others, like] as Plan["lines"] });
      return [0, 1, 18].map((i) => severities[i * SEVERITY.fields + SEVERITY.form]);
    };
    expect(formsOf(8)).toEqual([FORM.quantile, FORM.line, FORM.quantile]);
    expect(formsOf(8.5)).toEqual([FORM.line, FORM.line, FORM.line]);
  });

  test.each([
    ["gamma", gamma, 1],
    ["gamma", gamma, 0.7],
    ["gamma", gamma, 0.01],
    ["lognormal", lognormal, 1],
    ["lognormal", lognormal, 0.7],
  ])("%s, %o: within 1e-12 of the law, thinned to %d", (_, law, survival) => {
    const { form, worst } = worstOf(law, survival, US, 200, 1e6);
    expect(form).toBe(FORM.quantile);
    expect(worst).toBeLessThan(1e-12);
  });

  test.each([
    ["curve", { law: "pareto", shape: 0.2, scale: 1000 }, FORM.curve],
    ["line", { law: "lognormal", meanlog: 8, sdlog: 3 }, FORM.line],
  ])("are not used instead of a %s where they are too coarse", (_, heavy, expected) => {
    const { form, worst } = worstOf(heavy, 1, US, 2, 1e6);
    expect(form).toBe(expected);
    expect(worst).toBeLessThan(1e-12);
  });

  test("stop at 64 MiB: the lines that draw most come first", () => {
    const one = planOf(lognormal, 1, 2, 1e6);
    const lines = Array.from({ length: 1100 }, (_, i) => ({
      ...one.lines[0],
      severity: { law: "lognormal" as const, meanlog: 8 + i / 1000, sdlog: 1 },
      frequency: { law: "poisson" as const, lambda: i < 550 ? 2 : 2 + i / 1000 },
    }));
    const { severities } = compile({ ...one, lines });
    const forms = lines.map((_, i) => severities[i * SEVERITY.fields + SEVERITY.form]);
    expect(forms.filter((form) => form === FORM.quantile).length).toBe(1024);
    expect(forms.slice(550).every((form) => form === FORM.quantile)).toBe(true);
    expect(forms.slice(0, 474).every((form) => form === FORM.quantile)).toBe(true);
  });
});

describe("compile", () => {
  const gamma = { law: "gamma" as const, shape: 2, scale: 300 };
  const { lines, ...plan } = planOf(gamma);

  test("equal laws share a curve, however they are thinned", () => {
    const three = [1, 0.5, 0.5].map((survival) => ({ ...lines[0], survival }));
    const { severities, scales } = compile({ ...plan, lines: three });
    const starts = three.map((_, i) => severities[i * SEVERITY.fields + SEVERITY.start]);
    expect(new Set(starts).size).toBe(1);
    expect([scales[1], scales[5], scales[9]]).toEqual([scales[1], -scales[1], -scales[1]]);
    expect([scales[2], scales[6]]).toEqual([1, 0.5]);
  });

  test("laws that differ in their scale have the same curve", () => {
    const scaled = [1, 8, 3000].map((scale) => ({ ...lines[0], severity: { ...gamma, scale } }));
    const { severities, scales } = compile({ ...plan, lines: scaled });
    const starts = scaled.map((_, i) => severities[i * SEVERITY.fields + SEVERITY.start]);
    expect(new Set(starts).size).toBe(1);
    const shifts = scaled.map((_, i) => scales[i * SCALE.fields + SCALE.shift]);
    expect(shifts).toEqual([0, 3, expect.closeTo(Math.log2(3000), 12)]);
  });

  test("a scale that leaves the range of 2^t makes holes", () => {
    for (const scale of [1e-300, 1e-280, 1e-260, 1e260, 1e280, 1e300]) {
      const { form, worst } = worstOf({ law: "weibull", shape: 0.4, scale }, 1, US.slice(0, 600));
      expect(form).toBe(FORM.curve);
      expect(worst).toBeLessThan(1e-12);
    }
  });

  test("the scale of a law with a location moves nothing", () => {
    for (const scale of [1, 300]) {
      expect(worstOf({ law: "generalizedPareto", shape: 0.3, scale, location: 100 }, 1).worst).toBeLessThan(1e-12);
    }
  });

  test("tables of amounts are empty but for steps", () => {
    const { counts } = compile({ ...plan, lines });
    expect(counts[tableAt(0, AMOUNTS) + COUNT.length]).toBe(0);
  });

  test("is in the memory of WebAssembly, which kernels can add to", () => {
    const compiled = compile({ ...plan, lines });
    expect(compiled.memory).not.toBeNull();
    expect(compiled.memory!.buffer).toBe(compiled.buffer);
    const pages = compiled.buffer.byteLength / 65_536;
    expect(compiled.memory!.grow(1)).toBe(pages);
    expect(compiled.terms.byteOffset).toBeGreaterThanOrEqual(65_536);
    expect(compiled.curves.byteOffset % 64).toBe(0);
  });

  test.each([
    ["lacks WebAssembly", undefined],
    ["refuses memory", { Memory: refuse }],
  ])("a host that %s gets a buffer with the same numbers", (_what, host) => {
    const expected = compile({ ...plan, lines });
    vi.stubGlobal("WebAssembly", host);
    const compiled = compile({ ...plan, lines });
    expect(compiled.memory).toBeNull();
    expect(compiled.curves).toEqual(expected.curves);
    expect(amountOf({ ...plan, lines }, compiled, 0, 0.3)).toBe(amountOf({ ...plan, lines }, expected, 0, 0.3));
  });

  test("holes are only filled where there are any", () => {
    const whole = { ...plan, lines };
    const x = Float64Array.of(1, 2);
    fillListed(holeFiller(whole, compile(whole)), 0, Float64Array.of(0, 1), x, 2);
    expect([...x]).toEqual([1, 2]);
  });
});
