import { describe, expect, test } from "vitest";
import {
  type SeveritySpec,
  policySeveritySchema,
  severity,
  severityLaws,
  severitySchema,
} from "../../src/laws/severities/index.ts";

const pareto = (shape: number) => ({ law: "pareto", shape, scale: 1 }) as const;
const lognormal = { law: "lognormal", meanlog: 0, sdlog: 1 } as const;

describe("tail index: E[X^k] is finite below it", () => {
  test.each<[SeveritySpec, number]>([
    [lognormal, Infinity],
    [pareto(2.5), 2.5],
    [{ law: "singleParameterPareto", shape: 1.2, min: 3 }, 1.2],
    [{ law: "burr", shape1: 2, shape2: 1.5, scale: 1 }, 3],
    [{ law: "inverseBurr", shape1: 2, shape2: 1.5, scale: 1 }, 1.5],
    [{ law: "loglogistic", shape: 2.2, scale: 1 }, 2.2],
    [{ law: "inverseGamma", shape: 3.5, scale: 1 }, 3.5],
    [{ law: "inverseWeibull", shape: 1.7, scale: 1 }, 1.7],
    [{ law: "generalizedPareto", shape: 0.25, scale: 1, location: 0 }, 4],
    [{ law: "generalizedPareto", shape: -0.25, scale: 1, location: 0 }, Infinity],
    [{ law: "generalizedPareto", shape: 0, scale: 1, location: 0 }, Infinity],
    [{ law: "student", df: 4, location: 0, scale: 1 }, 4],
    [{ law: "mixture", weights: [1, 1], components: [lognormal, pareto(3)] }, 3],
    [{ law: "mixture", weights: [1, 0], components: [lognormal, pareto(3)] }, Infinity],
    [{ law: "truncated", of: pareto(1.5), lower: 2 }, 1.5],
    [{ law: "truncated", of: pareto(1.5), upper: 9 }, Infinity],
    [{ law: "spliced", weights: [1, 1], components: [pareto(1), pareto(2)], breaks: [5] }, 2],
  ])("%j", (spec, index) => expect(severity(spec).tailIndex).toBeCloseTo(index, 12));
});

describe("what is refused", () => {
  const complaint = (value: unknown) =>
    policySeveritySchema
      .safeParse(value)
      .error?.issues.map(({ message }) => message)
      .join("; ");

  test.each([
    [{ law: "normal", mean: 5, sd: 1 }, /truncated with lower: 0/],
    [{ law: "uniform", min: -1, max: 3 }, /can be negative \(-1\)/],
    [{ law: "student", df: 3, location: 9, scale: 1 }, /can be negative/],
    [{ law: "empirical", values: [-2, 5] }, /can be negative/],
    [{ law: "triangular", min: 3, mode: 2, max: 1 }, /./],
    [{ law: "histogram", edges: [0, 0], weights: [1] }, /./],
    [{ law: "histogram", edges: [0, 1, 2], weights: [1] }, /./],
    [{ law: "mixture", weights: [1], components: [lognormal, lognormal] }, /weight/],
    [{ law: "mixture", weights: [0, 0], components: [lognormal, lognormal] }, /must not all be 0/],
    [{ law: "truncated", of: lognormal }, /./],
    [{ law: "truncated", of: lognormal, lower: 5, upper: 5 }, /./],
    [{ law: "truncated", of: { law: "uniform", min: 0, max: 1 }, lower: 2 }, /./],
    [{ law: "spliced", weights: [1, 1], components: [lognormal, lognormal], breaks: [] }, /./],
    [{ law: "spliced", weights: [1, 1, 1], components: [lognormal, lognormal, lognormal], breaks: [5, 4] }, /./],
    [{ law: "uniform", min: 3, max: 3 }, /./],
  ])("%j", (value, message) => expect(complaint(value)).toMatch(message));

  test("a normal may be a component once it is truncated at 0", () => {
    const of = { law: "normal", mean: 5, sd: 1 } as const;
    expect(policySeveritySchema.safeParse({ law: "truncated", of, lower: 0 }).success).toBe(true);
    expect(severitySchema.safeParse(of).success).toBe(true);
  });

  test("nesting deeper than the limit is refused, not followed", () => {
    let nested: object = lognormal;
    for (let depth = 0; depth < 50; depth++) nested = { law: "mixture", weights: [1], components: [nested] };
    expect(complaint(nested)).toMatch(/nest|deep/i);
  });

  test("every law of the design is there", () => {
    const names = "lognormal exponential gamma inverseGamma weibull inverseWeibull pareto singleParameterPareto";
    const more = "generalizedPareto burr inverseBurr loglogistic paralogistic inverseGaussian beta triangular uniform";
    const rest = "normal student constant empirical histogram mixture truncated spliced";
    expect([...severityLaws].sort()).toEqual(`${names} ${more} ${rest}`.split(" ").sort());
  });
});
