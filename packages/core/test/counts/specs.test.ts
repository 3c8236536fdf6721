import { describe, expect, test } from "vitest";
import { countLaw, countLaws, type FrequencySpec, frequencySchema } from "../../src/laws/counts/index.ts";

/** [path, message] of everything that is wrong with a specification. */
function complaints(spec: unknown): [string, string][] {
  const { error } = frequencySchema.safeParse(spec);
  return (error?.issues ?? []).map(({ path, message }) => [path.join("."), message]);
}

describe("specifications that are refused", () => {
  test.each([
    [{ law: "posson", lambda: 1 }, "law"],
    [{ law: "poisson" }, "lambda"],
    [{ law: "poisson", lambda: -1 }, "lambda"],
    [{ law: "poisson", lambda: Infinity }, "lambda"],
    [{ law: "poisson", lambda: 1.1e9 }, "lambda"],
    [{ law: "poisson", lambda: 1, prob: 0.5 }, ""],
    [{ law: "negativeBinomial", size: 0, prob: 0.5 }, "size"],
    [{ law: "negativeBinomial", size: 1, prob: 0 }, "prob"],
    [{ law: "negativeBinomial", size: 1e-9, prob: 1e-13 }, "prob"],
    [{ law: "negativeBinomial", size: 1e6, prob: 1e-6 }, "size"],
    [{ law: "binomial", size: 1.5, prob: 0.5 }, "size"],
    [{ law: "binomial", size: 3, prob: 1.5 }, "prob"],
    [{ law: "binomial", size: 1e10, prob: 0.5 }, "size"],
    [{ law: "geometric", prob: 1e-10 }, "prob"],
    [{ law: "logarithmic", prob: 1 }, "prob"],
    [{ law: "logarithmic", prob: 1 - 2 ** -50 }, "prob"],
    [{ law: "poissonInverseGaussian", mean: 0, dispersion: 1 }, "mean"],
    [{ law: "poissonInverseGaussian", mean: 2e9, dispersion: 1e-9 }, "mean"],
    [{ law: "poissonInverseGaussian", mean: 1e4, dispersion: 1e5 }, "dispersion"],
    [{ law: "delaporte", lambda: 9e8, size: 2e8, prob: 0.5 }, "lambda"],
    [{ law: "neymanA", lambda: 1e5, phi: 1e5 }, "lambda"],
    [{ law: "neymanA", lambda: 1e-5, phi: 1e10 }, "phi"],
    [{ law: "betaBinomial", size: 1e7, shape1: 1, shape2: 1 }, "size"],
    [{ law: "betaBinomial", size: 10, shape1: 0, shape2: 1 }, "shape1"],
    [{ law: "mixedPoisson", weights: [1], lambdas: [1, 2] }, "weights"],
    [{ law: "mixedPoisson", weights: [0, 0], lambdas: [1, 2] }, "weights"],
    [{ law: "mixedPoisson", weights: [1, 1], lambdas: [1, 2e9] }, "lambdas"],
    [{ law: "fixed", n: 2.5 }, "n"],
    [{ law: "fixed", n: 2e9 }, "n"],
    [{ law: "empirical", probabilities: [] }, "probabilities"],
    [{ law: "empirical", probabilities: [0.5, 0.4] }, "probabilities"],
    [{ law: "empirical", probabilities: [1.5, -0.5] }, "probabilities.0"],
    [{ law: "poisson", lambda: 1, zeroInflated: 1.5 }, "zeroInflated"],
    [{ law: "poisson", lambda: 1, zeroTruncated: false }, "zeroTruncated"],
    [{ law: "poisson", lambda: 1, zeroModified: -0.1 }, "zeroModified"],
    [{ law: "poisson", lambda: 1, zeroInflated: 0.1, zeroTruncated: true }, "zeroTruncated"],
    [{ law: "poisson", lambda: 1, zeroInflated: 0.1, zeroModified: 0.2 }, "zeroModified"],
    [{ law: "poisson", lambda: 0, zeroTruncated: true }, "zeroTruncated"],
    [{ law: "fixed", n: 0, zeroModified: 0.5 }, "zeroModified"],
    [{ law: "empirical", probabilities: [1, 0], zeroTruncated: true }, "zeroTruncated"],
  ])("%j", (spec, place) => {
    expect(complaints(spec)[0]?.[0]).toBe(place);
  });

  test("say what is wrong", () => {
    expect(complaints({ law: "poisson", lambda: 2e9 })).toEqual([
      ["lambda", "gives a mean of 2000000000 claims a year; at most 1000000000 is allowed"],
    ]);
    expect(complaints({ law: "empirical", probabilities: [0.5, 0.25] })).toEqual([
      ["probabilities", "must add up to 1 within 1e-9, found 0.75"],
    ]);
    expect(complaints({ law: "fixed", n: 1, zeroTruncated: true, zeroModified: 0.5 })).toEqual([
      ["zeroModified", "cannot be combined with zeroTruncated: a law carries one of them"],
    ]);
    expect(complaints({ law: "fixed", n: 0, zeroTruncated: true })).toEqual([
      ["zeroTruncated", "needs a law that can be above 0, and this one never is"],
    ]);
  });
});

test("what is allowed at the edge", () => {
  for (const spec of [
    { law: "poisson", lambda: 1e9 },
    { law: "negativeBinomial", size: 1e-3, prob: 1e-12 },
    { law: "binomial", size: 1e15, prob: 1e-6 },
    { law: "geometric", prob: 1e-9 },
    { law: "empirical", probabilities: [0.5, 0.5 + 9e-10] },
    { law: "fixed", n: 0, zeroInflated: 0.5 },
    { law: "logarithmic", prob: 0.5, zeroTruncated: true },
  ]) {
    expect(complaints(spec), JSON.stringify(spec)).toEqual([]);
  }
});

test("empirical probabilities are divided by their sum", () => {
  const law = countLaw({ law: "empirical", probabilities: [0.5, 0.5 + 8e-10, 0] });
  expect(law.largest).toBe(1);
  expect(law.probability(0) + law.probability(1)).toBe(1);
  expect(law.probability(0)).toBeCloseTo(0.5 - 4e-10, 14);
});

test("the names of the laws", () => {
  const names: readonly FrequencySpec["law"][] = [
    "poisson",
    "negativeBinomial",
    "binomial",
    "geometric",
    "logarithmic",
    "poissonInverseGaussian",
    "delaporte",
    "neymanA",
    "betaBinomial",
    "mixedPoisson",
    "fixed",
    "empirical",
  ];
  expect(countLaws).toEqual(names);
});

test("a law at the edge of its parameters is the simpler law", () => {
  const values = (spec: FrequencySpec) => {
    const law = countLaw(spec);
    const counts = [0, 1, 2, 3, 7, 20];
    return [law.mean, law.variance, law.largest, ...counts.flatMap((k) => [law.probability(k), law.survival(k)])];
  };
  const pairs: readonly (readonly [FrequencySpec, FrequencySpec])[] = [
    [
      { law: "delaporte", lambda: 3, size: 2, prob: 1 },
      { law: "poisson", lambda: 3 },
    ],
    [
      { law: "delaporte", lambda: 0, size: 2, prob: 0.3 },
      { law: "negativeBinomial", size: 2, prob: 0.3 },
    ],
    [
      { law: "binomial", size: 3, prob: 1 },
      { law: "fixed", n: 3 },
    ],
  ];
  for (const [edge, simple] of pairs) expect(values(edge), JSON.stringify(edge)).toEqual(values(simple));
});
