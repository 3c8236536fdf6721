import type { Portfolio } from "@lossmill/core";

/** A discrete distribution: probabilities by value, values rounded to 9 decimals so that equal sums meet. */
export type Discrete = Map<number, number>;

function add(to: Discrete, value: number, probability: number): void {
  const key = Number(value.toFixed(9));
  to.set(key, (to.get(key) ?? 0) + probability);
}

export function sumOf(a: Discrete, b: Discrete): Discrete {
  const sum: Discrete = new Map();
  for (const [x, p] of a) for (const [y, q] of b) add(sum, x + y, p * q);
  return sum;
}

/** The total of a portfolio of empirical severities and fixed or empirical counts, by running through all outcomes. */
export function enumerated({ policies }: Portfolio): Discrete {
  let total: Discrete = new Map([[0, 1]]);
  for (const { frequency, severity, terms, copies } of policies) {
    if (severity.law !== "empirical") throw new Error("not enumerable");
    const counts =
      frequency.law === "fixed"
        ? [...Array.from({ length: frequency.n }, () => 0), 1]
        : frequency.law === "empirical"
          ? frequency.probabilities
          : [];
    const { deductible = 0, attachment = 0, limit = Infinity, deductibleKind } = terms?.occurrence ?? {};
    const weights = severity.weights ?? severity.values.map(() => 1);
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const claim: Discrete = new Map();
    for (const [i, x] of severity.values.entries()) {
      const covered = deductibleKind === "franchise" ? (x > deductible ? x : 0) : Math.max(x - deductible, 0);
      add(claim, Math.min(Math.max(covered - attachment, 0), limit), weights[i] / whole);
    }
    const year: Discrete = new Map();
    let claims: Discrete = new Map([[0, 1]]);
    for (const probability of counts) {
      for (const [sum, p] of claims) {
        const { deductible: from = 0, limit: most = Infinity } = terms?.aggregate ?? {};
        add(year, Math.min(Math.max(sum - from, 0), most) * (terms?.insurerShare ?? 1), probability * p);
      }
      claims = sumOf(claims, claim);
    }
    for (let i = 0; i < copies; i++) total = sumOf(total, year);
  }
  return new Map([...total].sort(([x], [y]) => x - y));
}

export function cdfOf(law: Discrete, x: number): number {
  let sum = 0;
  for (const [value, p] of law) if (value <= x + 1e-9) sum += p;
  return sum;
}

export function quantileOf(law: Discrete, p: number): number {
  let sum = 0;
  for (const [value, probability] of law) {
    sum += probability;
    if (sum >= p - 1e-12) return value;
  }
  return NaN;
}

export function meanOf(law: Discrete): number {
  return [...law].reduce((sum, [value, p]) => sum + value * p, 0);
}

export function tailValueOf(law: Discrete, p: number): number {
  const v = quantileOf(law, p);
  return v + [...law].reduce((sum, [value, q]) => sum + q * Math.max(value - v, 0), 0) / (1 - p);
}
