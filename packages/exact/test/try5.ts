import { checkPortfolio } from "@lossmill/core";
import { exactAnswer } from "../src/index.ts";
const P = (policies: any[]) =>
  checkPortfolio({ name: "x", currency: "EUR", policies: policies.map((p, i) => ({ id: "p" + i, ...p })) });
const ln = { law: "lognormal", meanlog: 8, sdlog: 1 };
const cases: Record<string, any[]> = {
  lambda0: [{ frequency: { law: "poisson", lambda: 0 }, severity: ln }],
  limit0: [{ frequency: { law: "poisson", lambda: 1 }, severity: ln, terms: { occurrence: { limit: 0 } } }],
  share0: [{ frequency: { law: "poisson", lambda: 1 }, severity: ln, terms: { insurerShare: 0 } }],
  agg0: [{ frequency: { law: "poisson", lambda: 1 }, severity: ln, terms: { aggregate: { limit: 0 } } }],
  fixed0: [{ frequency: { law: "fixed", n: 0 }, severity: ln }],
  dedHigh: [
    {
      frequency: { law: "poisson", lambda: 1 },
      severity: { law: "uniform", min: 0, max: 10 },
      terms: { occurrence: { deductible: 20 } },
    },
  ],
  dedFar: [{ frequency: { law: "poisson", lambda: 1 }, severity: ln, terms: { occurrence: { deductible: 1e12 } } }],
  aggdedHigh: [
    {
      frequency: { law: "fixed", n: 2 },
      severity: { law: "uniform", min: 0, max: 10 },
      terms: { aggregate: { deductible: 25 } },
    },
  ],
  aggdedHigh2: [{ frequency: { law: "poisson", lambda: 2 }, severity: ln, terms: { aggregate: { deductible: 1e9 } } }],
  fixed1: [{ frequency: { law: "fixed", n: 1 }, severity: ln }],
  fixed1const: [{ frequency: { law: "fixed", n: 1 }, severity: { law: "constant", value: 3.7 } }],
  fixed3const: [{ frequency: { law: "fixed", n: 3 }, severity: { law: "constant", value: 1 / 3 } }],
  const0: [{ frequency: { law: "fixed", n: 3 }, severity: { law: "constant", value: 0 } }],
  third: [{ frequency: { law: "fixed", n: 1 }, severity: ln, terms: { occurrence: { limit: 100000 / 3 } } }],
  thirds: [
    {
      copies: 3,
      frequency: { law: "poisson", lambda: 0.01 },
      severity: ln,
      terms: { aggregate: { limit: 100000 / 3 } },
    },
    {
      copies: 3,
      frequency: { law: "poisson", lambda: 0.02 },
      severity: ln,
      terms: { aggregate: { limit: 1000 * Math.PI } },
    },
  ],
  irrat: [
    {
      copies: 3,
      frequency: { law: "poisson", lambda: 0.5 },
      severity: { law: "empirical", values: [1, Math.SQRT2, Math.PI] },
    },
  ],
  irrat2: [
    {
      copies: 1,
      frequency: { law: "binomial", size: 3, prob: 0.5 },
      severity: { law: "empirical", values: [1, Math.SQRT2, Math.PI] },
    },
  ],
  lam5000: [{ frequency: { law: "poisson", lambda: 5000 }, severity: ln }],
  lam1e6: [{ frequency: { law: "poisson", lambda: 1e6 }, severity: ln }],
  lam1e9: [{ frequency: { law: "poisson", lambda: 1e9 }, severity: ln }],
  fixed1e6: [{ frequency: { law: "fixed", n: 1e6 }, severity: ln }],
  nbfar: [{ frequency: { law: "negativeBinomial", size: 0.01, prob: 1e-5 }, severity: ln }],
  nbwide: [{ frequency: { law: "negativeBinomial", size: 3, prob: 1e-6 }, severity: ln }],
  bbwide: [{ frequency: { law: "betaBinomial", size: 1000000, shape1: 2, shape2: 3 }, severity: ln }],
  bbU: [{ frequency: { law: "betaBinomial", size: 100000, shape1: 0.2, shape2: 0.3 }, severity: ln }],
  tiny: [{ frequency: { law: "poisson", lambda: 1e-6 }, severity: ln }],
  tiny2: [{ frequency: { law: "poisson", lambda: 1e-12 }, severity: { law: "pareto", shape: 1.2, scale: 1000 } }],
  heavy: [{ frequency: { law: "poisson", lambda: 3 }, severity: { law: "pareto", shape: 1.01, scale: 1000 } }],
  pigwide: [{ frequency: { law: "poissonInverseGaussian", mean: 1000, dispersion: 100 }, severity: ln }],
  constPois: [{ frequency: { law: "poisson", lambda: 5000 }, severity: { law: "constant", value: 7.3 } }],
  constPoisDiff: [
    { frequency: { law: "poisson", lambda: 50 }, severity: { law: "constant", value: 7.3 } },
    { frequency: { law: "poisson", lambda: 5 }, severity: { law: "constant", value: Math.E } },
  ],
  big: [
    { frequency: { law: "poisson", lambda: 5000 }, severity: { law: "constant", value: 7.3 } },
    { frequency: { law: "poisson", lambda: 1e-3 }, severity: { law: "constant", value: 1e9 } },
  ],
  gam03: [{ frequency: { law: "poisson", lambda: 2000 }, severity: { law: "gamma", shape: 0.3, scale: 100 } }],
  huge: [
    {
      copies: 4000000000,
      frequency: { law: "poisson", lambda: 0.2 },
      severity: { law: "gamma", shape: 2, scale: 100 },
    },
  ],
};
for (const [name, pol] of Object.entries(cases)) {
  if (process.argv[2] && !name.includes(process.argv[2])) continue;
  try {
    const t = performance.now();
    const a = exactAnswer(P(pol));
    const ms = performance.now() - t;
    console.log(
      name,
      Math.round(ms) + "ms",
      "claims",
      a.claims,
      "mean",
      a.mean,
      "sd",
      a.sd,
      "k",
      a.kurtosis,
      "err",
      a.total.error.toExponential(1),
      "res",
      a.total.resolution,
      JSON.stringify(a.grid),
    );
    for (const q of a.quantiles.filter((q) => [0.5, 0.95, 0.999].includes(q.p)))
      console.log(
        "   ",
        q.p,
        "var",
        q.var.value,
        q.var.error?.toExponential(1),
        "tvar",
        q.tvar.value,
        q.tvar.error?.toExponential(1),
        "oep",
        q.oep.value,
      );
  } catch (e: any) {
    console.log(name, "THROWS", e.stack?.slice(0, 400));
  }
}
