import { checkPortfolio, type Portfolio } from "@lossmill/core";
import * as fc from "fast-check";

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** A size of money: from 10 to 10,000, evenly in its logarithm. */
const amount = fc.integer({ min: 0, max: 60 }).map((i) => Number((10 * 1000 ** (i / 60)).toPrecision(4)));
const probability = between(0.02, 0.98);

const counts = fc.oneof(
  fc.record({ law: fc.constant("poisson"), lambda: between(0.01, 20) }),
  fc.record({ law: fc.constant("negativeBinomial"), size: between(0.2, 10), prob: between(0.1, 0.9) }),
  fc.record({ law: fc.constant("binomial"), size: fc.integer({ min: 1, max: 30 }), prob: probability }),
  fc.record({ law: fc.constant("geometric"), prob: between(0.1, 0.95) }),
  fc.record({ law: fc.constant("logarithmic"), prob: between(0.05, 0.9) }),
  fc.record({ law: fc.constant("poissonInverseGaussian"), mean: between(0.1, 10), dispersion: between(0.1, 3) }),
  fc.record({
    law: fc.constant("delaporte"),
    lambda: between(0.1, 5),
    size: between(0.3, 4),
    prob: between(0.2, 0.9),
  }),
  fc.record({ law: fc.constant("neymanA"), lambda: between(0.1, 5), phi: between(0.1, 4) }),
  fc.record({
    law: fc.constant("betaBinomial"),
    size: fc.integer({ min: 1, max: 30 }),
    shape1: between(0.3, 5),
    shape2: between(0.3, 5),
  }),
  fc.record({
    law: fc.constant("mixedPoisson"),
    weights: fc.constant([2, 1]),
    lambdas: fc.tuple(between(0, 3), between(0, 12)),
  }),
  fc.record({ law: fc.constant("fixed"), n: fc.integer({ min: 0, max: 8 }) }),
  fc.constant({ law: "empirical", probabilities: [0.4, 0.3, 0, 0.2, 0.1] }),
);

const modifier = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc.record({ zeroInflated: probability }),
  fc.record({ zeroModified: probability }),
  fc.constant({ zeroTruncated: true }),
);

const frequency = fc.tuple(counts, modifier).map(([law, zero]) => {
  const isNever = law.law === "fixed" && "n" in law && law.n === 0;
  const isEmpty = law.law === "mixedPoisson" && "lambdas" in law && law.lambdas.every((lambda) => lambda === 0);
  return isNever || isEmpty ? law : { ...law, ...zero };
});

const shape = between(0.4, 4);
const tail = between(1.2, 5);

const plainSeverity = fc.oneof(
  fc.record({ law: fc.constant("lognormal"), meanlog: between(3, 9), sdlog: between(0.2, 2) }),
  fc.record({ law: fc.constant("exponential"), scale: amount }),
  fc.record({ law: fc.constant("gamma"), shape, scale: amount }),
  fc.record({ law: fc.constant("inverseGamma"), shape: tail, scale: amount }),
  fc.record({ law: fc.constant("weibull"), shape, scale: amount }),
  fc.record({ law: fc.constant("inverseWeibull"), shape: tail, scale: amount }),
  fc.record({ law: fc.constant("pareto"), shape: tail, scale: amount }),
  fc.record({ law: fc.constant("singleParameterPareto"), shape: tail, min: amount }),
  fc.record({ law: fc.constant("generalizedPareto"), shape: between(-0.5, 0.8), scale: amount, location: amount }),
  fc.record({ law: fc.constant("burr"), shape1: tail, shape2: between(1, 3), scale: amount }),
  fc.record({ law: fc.constant("inverseBurr"), shape1: shape, shape2: tail, scale: amount }),
  fc.record({ law: fc.constant("loglogistic"), shape: tail, scale: amount }),
  fc.record({ law: fc.constant("paralogistic"), shape: tail, scale: amount }),
  fc.record({ law: fc.constant("inverseGaussian"), mean: amount, shape: amount }),
  fc.record({ law: fc.constant("beta"), shape1: shape, shape2: shape, scale: amount }),
  amount.map((x) => ({ law: "triangular", min: x / 10, mode: x / 2, max: x })),
  amount.map((x) => ({ law: "uniform", min: x / 3, max: x })),
  amount.map((x) => ({ law: "truncated", of: { law: "normal", mean: x, sd: x / 2 }, lower: 0 })),
  amount.map((x) => ({ law: "truncated", of: { law: "student", df: 3, location: x, scale: x / 3 }, lower: 0 })),
  fc.record({ law: fc.constant("constant"), value: amount }),
  fc.record({ law: fc.constant("empirical"), values: fc.array(amount, { minLength: 1, maxLength: 6 }) }),
  amount.map((x) => ({ law: "histogram", edges: [0, x, 3 * x, 10 * x], weights: [3, 0, 1] })),
);

const severity = fc.oneof(
  { weight: 6, arbitrary: plainSeverity },
  fc.tuple(plainSeverity, plainSeverity).map((components) => ({ law: "mixture", weights: [2, 1], components })),
  amount.map((x) => ({
    law: "spliced",
    weights: [3, 1],
    components: [
      { law: "lognormal", meanlog: 5, sdlog: 1 },
      { law: "singleParameterPareto", shape: 2, min: x },
    ],
    breaks: [x],
  })),
);

const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const terms = fc.record(
  {
    occurrence: fc.record(
      {
        deductible: amount,
        deductibleKind: fc.constantFrom("ordinary", "franchise"),
        attachment: amount,
        limit: fc.oneof({ weight: 9, arbitrary: amount }, { weight: 1, arbitrary: fc.constant(0) }),
      },
      { requiredKeys: [] },
    ),
    aggregate: optional(fc.record({ deductible: amount, limit: amount }, { requiredKeys: [] })),
    insurerShare: fc.oneof(between(0.05, 1), fc.constantFrom(0.25, 0.9, 1)),
  },
  { requiredKeys: [] },
);

/** Small books of every count and severity law with any terms. */
export const books: fc.Arbitrary<Portfolio> = fc
  .array(fc.record({ copies: fc.integer({ min: 1, max: 5 }), frequency, severity, terms }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((policies) => {
    const withIds = policies.map((policy, i) => ({ id: `p${i}`, ...policy }));
    // As a file would be read: without keys that have no value.
    return checkPortfolio(JSON.parse(JSON.stringify({ name: "random", currency: "EUR", policies: withIds })));
  });
