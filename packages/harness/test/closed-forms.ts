import { LEVELS, type Plan, type Policy, checkPortfolio, definePlan } from "@lossmill/core";
import type { ExactDistribution, ExactFigure, Judge } from "../src/index.ts";

/** A book whose total and largest claim have distribution functions that can be written down. */
export interface Book {
  readonly name: string;
  readonly policies: readonly object[];
  readonly judge: Judge;
}

/** A book's figures take a while: made when first asked for, then kept. */
function once<K>(make: (key: K) => Book): (key: K) => Book {
  const made = new Map<K, Book>();
  return (key) => {
    const book = made.get(key) ?? make(key);
    made.set(key, book);
    return book;
  };
}

const kept = (make: () => Book): (() => Book) => {
  const book = once(make);
  return () => book(undefined);
};

type Cdf = (x: number) => number;

interface Truth {
  readonly claims: number;
  readonly total: Cdf;
  readonly maxOccurrence: Cdf;
  /** Beyond this nothing matters. */
  readonly top: number;
  /** What is infinite. */
  readonly infinite?: readonly ("mean" | "variance" | "fourthMoment")[];
  readonly levels?: readonly number[];
}

const NODES = 200_000;

/** k ∫ (x − from)^(k−1) P(X > x) dx from `from` to `top`, by midpoints that get denser towards `from`. */
function moment(cdf: Cdf, from: number, top: number, k: number): number {
  let sum = 0;
  for (let i = 0; i < NODES; i++) {
    const t = (i + 0.5) / NODES;
    const y = (top - from) * t ** 3;
    sum += ((k * y ** (k - 1) * (1 - cdf(from + y)) * 3 * t * t) / NODES) * (top - from);
  }
  return sum;
}

function quantile(cdf: Cdf, p: number, top: number): number {
  if (cdf(0) >= p) return 0;
  let [low, high] = [0, top];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (cdf(middle) >= p) high = middle;
    else low = middle;
  }
  return high;
}

const known = (value: number, error: number): ExactFigure => ({ value, error });
const unknown = (reason: string): ExactFigure => ({ value: null, error: null, reason });

/** Figures from distribution functions, by quadrature and bisection: errors of about 1e-6 of the value. */
export function judgeOf({ claims, total, maxOccurrence, top, infinite = [], levels = LEVELS }: Truth): Judge {
  const raw = [0, 1, 2, 3, 4].map((k) => (k === 0 ? 1 : moment(total, 0, top, k)));
  const [, m1, m2, m3, m4] = raw;
  const variance = m2 - m1 * m1;
  const fourth = m4 - 4 * m1 * m3 + 6 * m1 * m1 * m2 - 3 * m1 ** 4;
  const figure = (value: number, needs: "mean" | "variance") =>
    infinite.includes(needs) || infinite.includes("mean")
      ? unknown(`the ${needs} is infinite`)
      : known(value, 1e-5 * value);
  const exact = (cdf: Cdf): ExactDistribution => ({ cdf, resolution: 0, error: 1e-12, upTo: Infinity });
  return {
    claims,
    mean: figure(m1, "mean"),
    sd: figure(Math.sqrt(variance), "variance"),
    kurtosis: infinite.length > 0 || variance === 0 ? null : fourth / variance ** 2,
    quantiles: levels.map((p) => {
      const v = quantile(total, p, top);
      const tvar = v + moment(total, v, top, 1) / (1 - p);
      return {
        p,
        returnPeriod: 1 / (1 - p),
        var: known(v, 1e-9 * v),
        tvar: figure(tvar, "mean"),
        oep: known(quantile(maxOccurrence, p, top), 1e-9 * top),
      };
    }),
    total: exact(total),
    maxOccurrence: exact(maxOccurrence),
  };
}

/** The plan of level 0. */
export function definitionOf({ name, policies }: Book, trials: number, seed: string): Plan {
  const whole = policies.map((policy, i) => ({ id: `p${i}`, ...policy })) as unknown as readonly Policy[];
  return definePlan(checkPortfolio({ name, policies: whole }), { trials, seed });
}

const nonNegative =
  (cdf: Cdf): Cdf =>
  (x) =>
    x < 0 ? 0 : cdf(x);

/** min((X − d)+, l) · c of a ground-up cdf. */
const paid = (cdf: Cdf, { d = 0, l = Infinity, c = 1 }): Cdf => nonNegative((x) => (x >= c * l ? 1 : cdf(x / c + d)));
const exponential = (scale: number): Cdf => nonNegative((x) => -Math.expm1(-x / scale));
const pareto = (shape: number, scale: number): Cdf => nonNegative((x) => -Math.expm1(-shape * Math.log1p(x / scale)));
const one = { law: "fixed", n: 1 };

/** Compound Poisson of exponential claims: Σ P(N = n) · P(gamma(n) <= x). */
function compound(lambda: number, scale: number): Cdf {
  return nonNegative((x) => {
    const y = x / scale;
    // P(gamma(n) <= y) = P(Poisson(y) >= n): one pass over both Poisson laws.
    let [n, weight, term, below, sum] = [0, Math.exp(-lambda), Math.exp(-y), 0, 0];
    for (; n < lambda || weight > 1e-20; n++) {
      sum += weight * (1 - below);
      below += term;
      weight *= lambda / (n + 1);
      term *= y / (n + 1);
    }
    return Math.min(1, sum);
  });
}

const poisson = (lambda: number, claim: number): Cdf =>
  nonNegative((x) => {
    let [sum, term] = [0, Math.exp(-lambda)];
    for (let k = 0; k <= x / claim + 1e-12; k++) {
      sum += term;
      term *= lambda / (k + 1);
    }
    return sum;
  });

const single = (
  name: string,
  severity: object,
  terms: object,
  cdf: Cdf,
  top: number,
  more: Partial<Truth> = {},
): Book => ({
  name,
  policies: [{ frequency: one, severity, terms }],
  judge: judgeOf({ claims: 1, total: cdf, maxOccurrence: cdf, top, ...more }),
});

export const uniform = kept(() =>
  single(
    "uniform",
    { law: "uniform", min: 0, max: 1000 },
    {},
    nonNegative((x) => Math.min(1, x / 1000)),
    1000,
  ),
);

/** A claim with every occurrence term. */
export const limited = kept(() =>
  single(
    "deductible, limit and share",
    { law: "exponential", scale: 1000 },
    { occurrence: { deductible: 200, limit: 2000 }, insurerShare: 0.8 },
    paid(exponential(1000), { d: 200, l: 2000, c: 0.8 }),
    1600,
    { claims: Math.exp(-0.2) },
  ),
);

/** Pareto claims: variance infinite for shape 1.5, fourth moment for 3, mean for 0.9. */
export const heavy = once((shape: number) =>
  single(`pareto ${shape}`, { law: "pareto", shape, scale: 1000 }, {}, pareto(shape, 1000), 1e9, {
    infinite: [
      "fourthMoment" as const,
      ...(shape <= 2 ? ["variance" as const] : []),
      ...(shape <= 1 ? ["mean" as const] : []),
    ],
  }),
);

export const paretoLimited = kept(() =>
  single(
    "pareto 1.5, limited",
    { law: "pareto", shape: 1.5, scale: 1000 },
    { occurrence: { limit: 1e6 } },
    paid(pareto(1.5, 1000), { l: 1e6 }),
    1e6,
  ),
);

/** Atoms only. */
export const constants = kept(() => ({
  name: "poisson of constants",
  policies: [{ frequency: { law: "poisson", lambda: 2.5 }, severity: { law: "constant", value: 100.1 } }],
  judge: judgeOf({
    claims: 2.5,
    total: poisson(2.5, 100.1),
    maxOccurrence: (x) => (x >= 100.1 * (1 - 1e-12) ? 1 : x < 0 ? 0 : Math.exp(-2.5)),
    top: 4000,
  }),
}));

/** Three policies that merge and are thinned: in all Poisson(2) claims of which e^-0.5 pay an exponential excess. */
export const thinned = kept(() => {
  const severity = { law: "exponential", scale: 1000 };
  const terms = { occurrence: { deductible: 500 } };
  const lambda = 2 * Math.exp(-0.5);
  return {
    name: "compound poisson, thinned",
    policies: [0.5, 0.3]
      .map((rate) => ({ frequency: { law: "poisson", lambda: rate }, severity, terms }))
      .concat([{ frequency: { law: "poisson", lambda: 0.12 }, severity, terms, copies: 10 } as never]),
    judge: judgeOf({
      claims: lambda,
      total: compound(lambda, 1000),
      maxOccurrence: nonNegative((x) => Math.exp(-lambda * Math.exp(-x / 1000))),
      top: 40_000,
    }),
  };
});

/** An annual limit below the largest claims, so that the largest claim may exceed the total. */
export const annualLimit = kept(() => {
  const total = compound(1.5, 1000);
  return {
    name: "annual limit",
    policies: [
      {
        frequency: { law: "poisson", lambda: 1.5 },
        severity: { law: "exponential", scale: 1000 },
        terms: { aggregate: { limit: 2500 } },
      },
    ],
    judge: judgeOf({
      claims: 1.5,
      total: (x) => (x >= 2500 ? 1 : total(x)),
      maxOccurrence: nonNegative((x) => Math.exp(-1.5 * Math.exp(-x / 1000))),
      top: 30_000,
    }),
  };
});

/** Geometric sums of exponential claims are exponential but for their atom at 0. */
export const geometric = kept(() => ({
  name: "geometric",
  policies: [{ frequency: { law: "geometric", prob: 0.25 }, severity: { law: "exponential", scale: 1000 } }],
  judge: judgeOf({
    claims: 3,
    total: nonNegative((x) => 1 - 0.75 * Math.exp((-0.25 * x) / 1000)),
    maxOccurrence: nonNegative((x) => 0.25 / (1 - 0.75 * -Math.expm1(-x / 1000))),
    top: 160_000,
  }),
}));

/** Most years are empty, and so are many blocks. */
export const rare = kept(() => ({
  name: "rare constants",
  policies: [{ frequency: { law: "poisson", lambda: 0.0005 }, severity: { law: "constant", value: 1000 } }],
  judge: judgeOf({
    claims: 0.0005,
    total: poisson(0.0005, 1000),
    maxOccurrence: (x) => (x >= 1000 ? 1 : x < 0 ? 0 : Math.exp(-0.0005)),
    top: 5000,
  }),
}));

/** A limit of 0 pays nothing. */
export const nothing = kept(() => ({
  name: "nothing",
  policies: [{ frequency: one, severity: { law: "exponential", scale: 1 }, terms: { occurrence: { limit: 0 } } }],
  judge: judgeOf({ claims: 0, total: (x) => (x < 0 ? 0 : 1), maxOccurrence: (x) => (x < 0 ? 0 : 1), top: 1 }),
}));

/** What a grid makes of a judge: distribution functions in steps, known up to half a step and beyond that not at all. */
export function onGrid(judge: Judge, step: number, upTo: number): Judge {
  const coarse = ({ cdf }: ExactDistribution): ExactDistribution => ({
    cdf: (x) => cdf(Math.floor(x / step + 0.5) * step),
    resolution: step / 2,
    error: 1e-9,
    upTo,
  });
  return { ...judge, total: coarse(judge.total), maxOccurrence: coarse(judge.maxOccurrence) };
}
