/**
 * What one writes in an afternoon: a loop over policies, years and claims, on `Math.random`. Nothing of Lossmill is in
 * it. Counts by inversion, one uniform each (Devroye 1986, X.3.3); normals by Box and Muller (1958), both used; gamma by
 * Marsaglia and Tsang (2000).
 */
import { type Answer, type Contestant, Unsupported } from "../src/contestant.ts";

type Law = Readonly<Record<string, number>> & { readonly law: string };

interface Policy {
  readonly copies?: number;
  readonly frequency: Law;
  readonly severity: Law;
  readonly terms?: {
    readonly occurrence?: { readonly deductible?: number; readonly attachment?: number; readonly limit?: number };
    readonly aggregate?: { readonly deductible?: number; readonly limit?: number };
    readonly insurerShare?: number;
  };
}

type Sample = () => number;

export const contestant: Contestant = {
  versions: {},
  load(text) {
    const { policies } = JSON.parse(text) as { policies: Policy[] };
    const simulations = policies.map(simulationOf);
    return (trials) => {
      const total = new Float64Array(trials);
      for (const simulate of simulations) simulate(total);
      return momentsOf(total);
    };
  },
};

/** Adds a policy's years to `total`. */
function simulationOf({ copies = 1, frequency, severity, terms = {} }: Policy): (total: Float64Array) => void {
  const { occurrence = {}, aggregate = {}, insurerShare: share = 1, ...others } = terms;
  const { deductible = 0, attachment = 0, limit = Infinity, ...otherTerms } = occurrence;
  const { deductible: aggregateDeductible = 0, limit: aggregateLimit = Infinity, ...otherAggregates } = aggregate;
  for (const name of Object.keys({ ...others, ...otherTerms, ...otherAggregates })) {
    throw new Unsupported(`no term ${name}`);
  }
  const threshold = deductible + attachment;
  const count = countOf(frequency);
  const amount = severityOf(severity);
  return (total) => {
    for (let copy = 0; copy < copies; copy++) {
      for (let t = 0; t < total.length; t++) {
        let year = 0;
        for (let claims = count(); claims > 0; claims--) {
          const excess = amount() - threshold;
          if (excess > 0) year += excess < limit ? excess : limit;
        }
        if (year > aggregateDeductible) {
          const net = year - aggregateDeductible;
          total[t] += share * (net < aggregateLimit ? net : aggregateLimit);
        }
      }
    }
  };
}

function countOf(spec: Law): Sample {
  switch (spec.law) {
    case "poisson":
      return inversion(Math.exp(-spec["lambda"]), 0, spec["lambda"]);
    case "negativeBinomial": {
      const q = 1 - spec["prob"];
      return inversion(spec["prob"] ** spec["size"], q, q * (spec["size"] - 1));
    }
    default:
      throw new Unsupported(`no law ${spec.law}`);
  }
}

/** Counts with P(k) / P(k − 1) = a + b / k (Panjer's class), from P(0). */
function inversion(p0: number, a: number, b: number): Sample {
  if (p0 < 1e-300) throw new Unsupported("no inversion of a law with P(0) below 1e-300");
  return () => {
    let rest = Math.random();
    let p = p0;
    let k = 0;
    while (rest >= p && p > 1e-300) {
      rest -= p;
      k++;
      p *= a + b / k;
    }
    return k;
  };
}

function severityOf(spec: Law): Sample {
  switch (spec.law) {
    case "lognormal": {
      const { meanlog, sdlog } = spec;
      return () => Math.exp(meanlog + sdlog * normal());
    }
    case "exponential": {
      const { scale } = spec;
      return () => -scale * Math.log(1 - Math.random());
    }
    case "pareto": {
      const { scale } = spec;
      const power = -1 / spec["shape"];
      return () => scale * ((1 - Math.random()) ** power - 1);
    }
    case "gamma":
      return gamma(spec["shape"], spec["scale"]);
    default:
      throw new Unsupported(`no law ${spec.law}`);
  }
}

let spare = NaN;

function normal(): number {
  if (!Number.isNaN(spare)) {
    const kept = spare;
    spare = NaN;
    return kept;
  }
  const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
  const angle = 2 * Math.PI * Math.random();
  spare = radius * Math.sin(angle);
  return radius * Math.cos(angle);
}

function gamma(shape: number, scale: number): Sample {
  if (shape < 1) {
    const above = gamma(shape + 1, scale);
    return () => above() * (1 - Math.random()) ** (1 / shape);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  return () => {
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - Math.random()) < (x * x) / 2 + d * (1 - v + Math.log(v))) return scale * d * v;
    }
  };
}

function momentsOf(values: Float64Array): Answer {
  let sum = 0;
  for (let t = 0; t < values.length; t++) sum += values[t];
  const mean = sum / values.length;
  let squares = 0;
  for (let t = 0; t < values.length; t++) squares += (values[t] - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / (values.length - 1)) };
}
