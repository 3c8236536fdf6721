import { describe, expect, test } from "vitest";
import { z } from "zod";
import { policySeveritySchema, severity, severityLaws, severitySchema } from "../../src/laws/severities/index.ts";

/** The first complaint about a value, as place: message; undefined if there is none. */
function complaint(value: unknown, schema: z.ZodType = severitySchema): string | undefined {
  const issue = schema.safeParse(value).error?.issues[0];
  return issue && `${issue.path.join(".")}: ${issue.message}`;
}

const exponential = { law: "exponential", scale: 3 };
const normal = { law: "normal", mean: 3, sd: 1 };

describe("severitySchema", () => {
  test("names every law of the design", () => {
    expect([...severityLaws].sort()).toEqual(
      (
        "lognormal exponential gamma inverseGamma weibull inverseWeibull pareto singleParameterPareto generalizedPareto " +
        "burr inverseBurr loglogistic paralogistic inverseGaussian beta triangular uniform normal student constant " +
        "empirical histogram mixture truncated spliced"
      )
        .split(" ")
        .sort(),
    );
  });

  test.each([
    [{ law: "lognormal", meanlog: 1, sdlog: 0 }, "sdlog: Too small"],
    [{ law: "lognormal", meanlog: 1, sdlog: 1, sd: 2 }, 'Unrecognized key: "sd"'],
    [{ law: "cauchy" }, "law: Invalid"],
    [null, "Invalid"],
    [{ law: "gamma", shape: 1e300, scale: 1 }, "shape: Too big"],
    [{ law: "weibull", shape: 1e-9, scale: 1 }, "shape: Too small"],
    [
      { law: "inverseGaussian", mean: 1, shape: 1e12 },
      "shape: must be 0.000001 to 1000000000 times the mean (1), found",
    ],
    [{ law: "inverseGaussian", mean: 1e12, shape: 1 }, "shape: must be"],
    [{ law: "uniform", min: 1, max: 1 }, "max: must be larger than min (1), found 1"],
    [{ law: "triangular", min: 2, mode: 2, max: 1 }, "max: must be larger than min (2), found 1"],
    [{ law: "triangular", min: 1, mode: 4, max: 3 }, "mode: must be between min (1) and max (3), found 4"],
    [{ law: "empirical", values: [] }, "values: Too small"],
    [{ law: "empirical", values: [1], weights: [1, 2] }, "weights: needs one weight for each of the 1 values, found 2"],
    [{ law: "histogram", edges: [1], weights: [1] }, "edges: Too small"],
    [{ law: "histogram", edges: [1, 2], weights: [0] }, "weights: must not all be 0"],
    [{ law: "histogram", edges: [1, 2, 2], weights: [1, 1] }, "edges: must increase strictly"],
    [{ law: "mixture", weights: [1], components: [] }, "components: Too small"],
    [{ law: "mixture", weights: [1, -1], components: [exponential, exponential] }, "weights.1: Too small"],
    [{ law: "mixture", weights: [0], components: [exponential] }, "weights: must not all be 0"],
    [{ law: "mixture", weights: [1], components: [{ ...exponential, scale: -1 }] }, "components.0.scale: Too small"],
    [{ law: "truncated", of: exponential }, "lower: missing; give lower, upper or both"],
    [{ law: "truncated", of: exponential, lower: 3, upper: 3 }, "upper: must be larger than lower (3), found 3"],
    [{ law: "truncated", of: exponential, upper: -1 }, "of: has no probability between -Infinity and -1"],
    [
      { law: "truncated", of: { law: "constant", value: 3 }, lower: 3 },
      "of: has no probability between 3 and Infinity",
    ],
    [
      { law: "spliced", weights: [1, 1], components: [normal, normal], breaks: [] },
      "breaks: needs one break between each",
    ],
    [{ law: "spliced", weights: [1], components: [normal, normal], breaks: [1] }, "weights: needs one weight for each"],
    [
      { law: "spliced", weights: [1, 1, 1], components: [normal, normal, normal], breaks: [2, 2] },
      "breaks: must increase strictly",
    ],
    [
      { law: "spliced", weights: [1, 1], components: [normal, { law: "uniform", min: 0, max: 1 }], breaks: [5] },
      "components: components[1] has no probability between 5 and Infinity",
    ],
  ])("%j", (value, wanted) => expect(complaint(value)).toContain(wanted));

  test("a piece without probability is allowed if it has no weight", () => {
    const uniform = { law: "uniform", min: 0, max: 1 };
    expect(complaint({ law: "spliced", weights: [1, 0], components: [normal, uniform], breaks: [5] })).toBeUndefined();
  });

  test("laws are nested at most 8 deep, and far deeper ones do not exhaust the stack", () => {
    const nest = (depth: number): unknown => {
      let law: unknown = exponential;
      for (let i = 0; i < depth; i++) {
        law =
          i % 2 === 0 ? { law: "truncated", of: law, lower: i } : { law: "mixture", weights: [1], components: [law] };
      }
      return law;
    };
    expect(complaint(nest(8))).toBeUndefined();
    expect(complaint(nest(9))).toBe(
      "of.components.0.of.components.0.of.components.0.of.components.0.of: " +
        "laws are nested too deep: at most 8 within each other",
    );
    expect(complaint(nest(100_000), policySeveritySchema)).toContain("nested too deep");
  });

  test("becomes a JSON Schema with one definition that refers to itself", () => {
    const text = JSON.stringify(z.toJSONSchema(severitySchema, { io: "input" }));
    for (const law of severityLaws) expect(text.split(`"const":"${law}"`).length, law).toBe(2);
  });
});

describe("policySeveritySchema", () => {
  const within = (...components: unknown[]) => ({ law: "mixture", weights: components.map(() => 1), components });

  test.each([
    [normal, "any amount below 0"],
    [{ law: "student", df: 3, location: 100, scale: 1 }, "any amount below 0"],
    [{ law: "uniform", min: -3, max: 1 }, "-3"],
    [{ law: "triangular", min: -1, mode: 0, max: 1 }, "-1"],
    [{ law: "constant", value: -2 }, "-2"],
    [{ law: "empirical", values: [3, -4] }, "-4"],
    [{ law: "histogram", edges: [-5, 0, 1], weights: [1, 1] }, "-5"],
    [{ law: "generalizedPareto", shape: 0.1, scale: 1, location: -6 }, "-6"],
    [within(exponential, { law: "uniform", min: -7, max: 1 }), "-7"],
    [{ law: "spliced", weights: [1, 1], components: [normal, exponential], breaks: [5] }, "any amount below 0"],
    [{ law: "truncated", of: normal, lower: -8 }, "-8"],
    [{ law: "truncated", of: normal, upper: 8 }, "any amount below 0"],
  ])("refuses %j", (value, found) => {
    expect(complaint(value, policySeveritySchema)).toBe(
      `: can be negative (${found}), which no claim is: wrap it in truncated with lower: 0`,
    );
    expect(complaint(value)).toBeUndefined();
    const wrapped = { law: "truncated", of: value, lower: 0 };
    if (found !== "-2") expect(severity(policySeveritySchema.parse(wrapped)).lower).toBe(0);
  });

  test.each([
    [{ law: "histogram", edges: [-5, 0, 1], weights: [0, 1] }],
    [{ law: "empirical", values: [3, -4], weights: [1, 0] }],
    [{ law: "uniform", min: 0, max: 1 }],
    [within(exponential, { law: "truncated", of: normal, lower: 0 })],
  ])("allows %j", (value) => expect(complaint(value, policySeveritySchema)).toBeUndefined());

  test("complains once about a law that is wrong otherwise", () => {
    const issues = policySeveritySchema.safeParse({ law: "uniform", min: -1, max: -2 }).error?.issues;
    expect(issues?.map(({ path }) => path)).toEqual([["max"]]);
  });
});
