import { countLaw, type FrequencySpec } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { complex } from "../src/complex.ts";
import { countPgf } from "../src/pgf/index.ts";
import { worstCase } from "./worst-case.ts";

const plain: FrequencySpec[] = [
  { law: "poisson", lambda: 2.5 },
  { law: "negativeBinomial", size: 1.7, prob: 0.3 },
  { law: "binomial", size: 12, prob: 0.6 },
  { law: "geometric", prob: 0.2 },
  { law: "logarithmic", prob: 0.8 },
  { law: "poissonInverseGaussian", mean: 3, dispersion: 0.7 },
  { law: "delaporte", lambda: 1.2, size: 0.8, prob: 0.3 },
  { law: "neymanA", lambda: 2, phi: 1.5 },
  { law: "betaBinomial", size: 20, shape1: 0.7, shape2: 2 },
  { law: "mixedPoisson", weights: [3, 1, 0, 1], lambdas: [1, 12, 5, 1] },
  { law: "fixed", n: 4 },
  { law: "empirical", probabilities: [0, 0.2, 0.5, 0, 0.3] },
];
const modifiers = [{}, { zeroInflated: 0.3 }, { zeroTruncated: true as const }, { zeroModified: 0.6 }];
const laws = plain.flatMap((law) => modifiers.map((zero) => ({ ...law, ...zero })));

/** Points z of the unit disc, given as s = 1 − z: near 1, on the circle, inside, at 0. */
const points = [
  [0, 0],
  [1e-9, 2e-9],
  [1e-3, -2e-3],
  [1 - Math.cos(0.3), -Math.sin(0.3)],
  [1 - Math.cos(2), Math.sin(2)],
  [1.7, 0.1],
  [0.4, 0.6],
  [1, 0],
] as const;

/** 1 − E[(1 − s)^N] by summing P(N > k) (1 − s)^k · s, in which nothing cancels. */
function complement(spec: FrequencySpec, re: number, im: number): readonly [number, number] {
  const law = countLaw(spec);
  const last = law.quantile(1e-18, "upper");
  let sum = [0, 0];
  let power = [re, im];
  for (let k = 0; k <= last; k++) {
    sum = [sum[0] + law.survival(k) * power[0], sum[1] + law.survival(k) * power[1]];
    power = [power[0] * (1 - re) + power[1] * im, power[1] * (1 - re) - power[0] * im];
  }
  return [sum[0], sum[1]];
}

describe("generating functions against sums of core's probabilities", () => {
  const worst = worstCase("generating function, relative to its distance from 1");

  test.each(laws.map((spec) => [JSON.stringify(spec), spec] as const))("%s", (name, spec) => {
    const out = complex();
    for (const [re, im] of points) {
      countPgf(spec).log(re, im, out);
      const size = Math.exp(out[0]);
      const [lessRe, lessIm] = complement(spec, re, im);
      // Near 1 the logarithm itself is the complement; elsewhere the value is taken.
      const isNear = Math.hypot(re, im) < 1e-6;
      const ours = isNear
        ? [-Math.expm1(out[0]), -out[1]]
        : [1 - size * Math.cos(out[1]), size === 0 ? 0 : -size * Math.sin(out[1])];
      const scale = Math.max(Math.hypot(lessRe, lessIm), 1e-300);
      const error = Math.hypot(ours[0] - lessRe, ours[1] - lessIm) / scale;
      worst.add(error, `${name} at ${re}, ${im}`);
      expect(error).toBeLessThan(isNear ? 1e-8 : 1e-12);
    }
  });

  test("the worst case", () => {
    worst.print();
  });
});

test("a wide beta-binomial is put into steps whose mean is the same and whose variance nearly is", () => {
  const spec: FrequencySpec = { law: "betaBinomial", size: 200_000, shape1: 2, shape2: 3 };
  const law = countLaw(spec);
  const out = complex();
  const theta = 1e-8;
  countPgf(spec).log(theta, 0, out);
  expect(-out[0] / theta / law.mean).toBeCloseTo(1, 3);
  // log E[(1 − s)^N] at s = 1 / mean, by the sum.
  const s = 1 / law.mean;
  countPgf(spec).log(s, 0, out);
  const [less] = complement(spec, s, 0);
  expect(Math.abs(Math.exp(out[0]) - (1 - less))).toBeLessThan(1e-6);
});
