import { describe, expect, test } from "vitest";
import {
  BLOCK_TRIALS,
  COUNT,
  PLACES,
  SIZES,
  LossmillError,
  type Policy,
  type Portfolio,
  TERM,
  blockAt,
  blockCount,
  compile,
  countLaw,
  countLookup,
  existingMoments,
  definePlan,
  makePlan,
  tableAt,
  uniformSource,
} from "../src/index.ts";

const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1 } as const;
const poisson = { law: "poisson", lambda: 0.3 } as const;

function book(...policies: Partial<Policy>[]): Portfolio {
  const whole = policies.map((policy, i) => ({
    id: `p${i}`,
    copies: 1,
    frequency: poisson,
    severity: lognormal,
    ...policy,
  }));
  return { name: "book", currency: "EUR", policies: whole };
}

const options = { seed: "1", trials: 10_000 };

describe("blocks", () => {
  test("4,096 trials each, fewer in the last", () => {
    expect(blockCount(8193)).toBe(3);
    expect(blockAt(1, 8193)).toEqual({ index: 1, start: 4096, end: 8192 });
    expect(blockAt(2, 8193)).toEqual({ index: 2, start: 8192, end: 8193 });
    expect(blockAt(2, null)).toEqual({ index: 2, start: 8192, end: 12_288 });
  });
});

describe("definePlan", () => {
  test("one line a policy, streams by the copies before it, defaults filled in", () => {
    const plan = definePlan(book({ copies: 500 }, { terms: { occurrence: { limit: 0 }, insurerShare: 0.5 } }), options);
    expect(plan.lines.map(({ firstStream, copies }) => [firstStream, copies])).toEqual([
      [0, 500],
      [500, 1],
    ]);
    expect(plan.lines[1].terms).toEqual({
      deductible: 0,
      deductibleKind: "ordinary",
      attachment: 0,
      limit: 0,
      aggregateDeductible: 0,
      aggregateLimit: null,
      insurerShare: 0.5,
    });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test.each([
    [1, 4096],
    [4096, 4096],
    [4097, 65_536],
    [65_537, 1_048_576],
    [1e9, 1_048_576],
    [null, 1_048_576],
  ])("horizon of %s trials", (trials, horizon) => {
    expect(makePlan(book({}), { seed: "1", trials }).horizon).toBe(horizon);
    expect(makePlan(book({}), { seed: "1", trials: 5, horizon: trials ?? 1e7 }).horizon).toBe(horizon);
  });

  test.each([
    [{ trials: 0 }, "trials"],
    [{ trials: 2.5 }, "trials"],
    [{ trials: 1e15 }, "trials"],
    [{ seed: "abc" }, "seed"],
  ])("refuses %j", (wrong, place) => {
    expect(() => makePlan(book({}), { ...options, ...wrong })).toThrow(LossmillError);
    expect(() => makePlan(book({}), { ...options, ...wrong })).toThrow(place);
  });

  test("refuses more than 2^32 streams", () => {
    expect(() => makePlan(book({ copies: 4_294_967_295 }, { copies: 2 }), options)).toThrow(
      /policies: at most 4294967296/,
    );
  });
});

describe("compile", () => {
  const wide = { law: "negativeBinomial", size: 5, prob: 1e-6 } as const;
  const plan = definePlan(
    book(
      { terms: { occurrence: { deductible: 5, deductibleKind: "franchise", attachment: 7, limit: 9 } } },
      { terms: { aggregate: { deductible: 1, limit: 2 }, insurerShare: 0.25 } },
      { frequency: wide },
      { frequency: { law: "fixed", n: 0 } },
    ),
    options,
  );
  const compiled = compile(plan);
  const words = (line: number, table: typeof PLACES | typeof SIZES = PLACES) =>
    compiled.counts.subarray(tableAt(line, table), tableAt(line, table) + COUNT.fields);

  test("terms, one row a line, unlimited as Infinity", () => {
    expect([...compiled.terms.subarray(0, TERM.fields)]).toEqual([5, 1, 7, 9, 0, Infinity, 1, 1]);
    expect([...compiled.terms.subarray(TERM.fields, 2 * TERM.fields)]).toEqual([0, 0, 0, Infinity, 1, 2, 0.25, 1]);
  });

  test("equal count laws share a table; a wide one has none; a certain zero has an empty one", () => {
    expect([...words(1)]).toEqual([...words(0)]);
    expect(words(2)[COUNT.length]).toBe(-1);
    expect(words(3)[COUNT.length]).toBe(0);
    expect(words(0, SIZES)[COUNT.length]).toBe(0);
    expect(compiled.thresholds).toEqual(countLaw(poisson).thresholds(100));
  });

  test("a look-up counts the thresholds below each uniform, exactly, thresholds and their neighbours included", () => {
    const lookup = countLookup(plan, compiled);
    const { thresholds } = compiled;
    const near = [...thresholds].flatMap((f) => [f, f * (1 - 2.3e-16), f * (1 + 2.3e-16)]);
    const probes = Float64Array.from([2 ** -54, 0.1, 0.5, 1 - 2 ** -53, ...near].filter((u) => u < 1));
    const expected = probes.map((u) => thresholds.filter((f) => f < u).length);
    lookup(0, PLACES, probes, probes.length);
    expect(probes).toEqual(expected);
  });

  test("a wide law is searched, to the same definition; the certain zero never claims", () => {
    const lookup = countLookup(plan, compiled);
    const uniforms = Float64Array.from([0.001, 0.5, 0.999]);
    const law = countLaw(wide);
    const counts = uniforms.slice();
    lookup(2, PLACES, counts, 3);
    counts.forEach((k, i) => {
      expect(law.cdf(k)).toBeGreaterThanOrEqual(uniforms[i]);
      expect(law.cdf(k - 1)).toBeLessThan(uniforms[i]);
    });
    const zeros = Float64Array.from([0.001, 1 - 2 ** -53]);
    lookup(3, PLACES, zeros, 2);
    expect([...zeros]).toEqual([0, 0]);
  });

  test("look-ups over a block agree with the law's own quantile", () => {
    const uniforms = new Float64Array(BLOCK_TRIALS);
    const random = uniformSource("5");
    random.seek(0, 0, 0);
    random.fill(uniforms, BLOCK_TRIALS);
    const counts = uniforms.slice();
    countLookup(plan, compiled)(0, PLACES, counts, BLOCK_TRIALS);
    const law = countLaw(poisson);
    expect([...counts]).toEqual([...uniforms].map((u) => law.quantile(u, "lower")));
  });
});

describe("existingMoments", () => {
  const pareto = (shape: number) => ({ law: "pareto", shape, scale: 1 }) as const;
  test.each([
    [[{ severity: pareto(0.9) }], [false, false, false]],
    [
      [{ severity: pareto(1.5) }, {}],
      [true, false, false],
    ],
    [[{ severity: pareto(3) }], [true, true, false]],
    [[{ severity: pareto(5) }], [true, true, true]],
    [[{ severity: pareto(0.9), terms: { occurrence: { limit: 10 } } }], [true, true, true]],
    [[{ severity: pareto(0.9), terms: { aggregate: { limit: 10 } } }], [true, true, true]],
    [[{ severity: pareto(0.9), terms: { insurerShare: 0 } }], [true, true, true]],
    [[{ severity: pareto(0.9), frequency: { law: "fixed", n: 0 } as const }], [true, true, true]],
  ])("%j", (policies, [mean, variance, fourthMoment]) => {
    const plan = makePlan(book(...(policies as Partial<Policy>[])), options);
    expect(existingMoments(plan)).toEqual({ mean, variance, fourthMoment });
  });
});
