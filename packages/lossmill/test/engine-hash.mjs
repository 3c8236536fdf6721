// Prints one hash over everything in core that can change an answer, so that engines can be compared. Runs on the built
// packages and on any maintained Node: `node packages/lossmill/test/engine-hash.mjs`.
import { createHash } from "node:crypto";
import { backend } from "@lossmill/backend-naive";
import { checkPortfolio, collect, compile, countLaw, makePlan, severity, uniformSource } from "@lossmill/core";

const SEVERITIES = [
  { law: "lognormal", meanlog: 8, sdlog: 1.2 },
  { law: "exponential", scale: 1000 },
  { law: "gamma", shape: 0.7, scale: 3000 },
  { law: "gamma", shape: 1500, scale: 2 },
  { law: "inverseGamma", shape: 2.5, scale: 1500 },
  { law: "weibull", shape: 0.6, scale: 900 },
  { law: "inverseWeibull", shape: 2.2, scale: 900 },
  { law: "pareto", shape: 1.5, scale: 2000 },
  { law: "singleParameterPareto", shape: 1.2, min: 1000 },
  { law: "generalizedPareto", shape: 0.2, scale: 500, location: 100 },
  { law: "burr", shape1: 2, shape2: 1.5, scale: 1000 },
  { law: "inverseBurr", shape1: 2, shape2: 1.5, scale: 1000 },
  { law: "loglogistic", shape: 2.2, scale: 500 },
  { law: "paralogistic", shape: 1.8, scale: 500 },
  { law: "inverseGaussian", mean: 1000, shape: 3000 },
  { law: "beta", shape1: 2, shape2: 5, scale: 1e5 },
  { law: "triangular", min: 100, mode: 900, max: 1000 },
  { law: "uniform", min: 0, max: 7 },
  { law: "truncated", of: { law: "normal", mean: 1000, sd: 150 }, lower: 0 },
  { law: "truncated", of: { law: "student", df: 4, location: 100, scale: 20 }, lower: 0, upper: 500 },
  { law: "empirical", values: [1, 5, 9], weights: [1, 2, 3] },
  { law: "histogram", edges: [0, 10, 100, 1000], weights: [5, 3, 1] },
  {
    law: "mixture",
    weights: [0.75, 0.25],
    components: [
      { law: "lognormal", meanlog: 6, sdlog: 0.5 },
      { law: "pareto", shape: 2.5, scale: 9000 },
    ],
  },
  {
    law: "spliced",
    weights: [0.9, 0.1],
    breaks: [5000],
    components: [
      { law: "gamma", shape: 2, scale: 900 },
      { law: "pareto", shape: 1.8, scale: 5000 },
    ],
  },
];
const COUNTS = [
  { law: "poisson", lambda: 0.3 },
  { law: "poisson", lambda: 2500 },
  { law: "negativeBinomial", size: 2.5, prob: 0.4 },
  { law: "binomial", size: 1000, prob: 0.01 },
  { law: "geometric", prob: 0.3, zeroModified: 0.2 },
  { law: "logarithmic", prob: 0.7 },
  { law: "poissonInverseGaussian", mean: 3, dispersion: 0.7 },
  { law: "delaporte", lambda: 2, size: 0.8, prob: 0.3 },
  { law: "neymanA", lambda: 3, phi: 1.5 },
  { law: "betaBinomial", size: 20, shape1: 0.7, shape2: 2 },
  { law: "mixedPoisson", weights: [0.75, 0.25], lambdas: [1, 12] },
];

const hash = createHash("sha256");
const add = (values) => hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));

const random = uniformSource("340282366920938463463374607431768211455");
const uniforms = new Float64Array(5000);
for (const stream of [0, 1, 4_294_967_295]) {
  random.seek(stream, 7, 1);
  random.fill(uniforms, uniforms.length);
  add(uniforms);
}
const grid = Float64Array.from({ length: 400 }, (_, i) => uniforms[i] * (i % 4 === 0 ? 1e-9 : 1));
for (const spec of SEVERITIES) {
  const law = severity(spec);
  for (const tail of ["lower", "upper"]) add(grid.map((p) => law.quantile(p, tail)));
  const amounts = grid.map((p) => law.quantile(p, "lower"));
  for (const name of ["density", "cdf", "survival", "limitedExpectedValue"]) add(amounts.map((x) => law[name](x)));
  add(Float64Array.of(law.mean, law.variance));
}
for (const spec of COUNTS) {
  add(countLaw(spec).thresholds(65_536));
  add(grid.map((p) => countLaw(spec).quantile(p, "upper")));
}

// A run of the naive backend: its counts are core's, its amounts end in the engine's own last bits.
const policies = COUNTS.map((frequency, i) => ({ id: `p${i}`, frequency, severity: SEVERITIES[i % 3] }));
const plan = makePlan(checkPortfolio({ name: "engines", policies }), { seed: "42", trials: 5000 });
add(compile(plan).thresholds);
const simulator = await backend.open();
const { losses } = await collect(plan, simulator.simulate(plan));
add(losses.claims);
const total = losses.total.reduce((sum, loss) => sum + loss, 0);

console.log(JSON.stringify({ node: process.versions.node, hash: hash.digest("hex"), total }));
