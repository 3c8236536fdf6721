// The policies of fixtures/vectors/ (aggregates.json, portfolio.json) as Lossmill's portfolios write them: shared by the
// tests of all packages, and plain data in and out.
import { readFileSync } from "node:fs";

/** A law as the reference files name it. */
interface ReferenceLaw {
  readonly law: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface ReferenceTerms {
  readonly deductible: number;
  readonly limit: number | null;
  readonly coinsurance: number;
  readonly aggregateDeductible: number;
  readonly aggregateLimit: number | null;
  readonly aggregateShare: number;
}

export interface ReferencePolicy {
  readonly frequency: ReferenceLaw;
  readonly severity: ReferenceLaw;
  readonly terms: ReferenceTerms;
  readonly count?: number;
}

const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lognormal: { mu: "meanlog", sigma: "sdlog" },
  normal: { mu: "mean", sigma: "sd" },
  pareto: { alpha: "shape", theta: "scale" },
  singleParameterPareto: { alpha: "shape", theta: "min" },
  generalizedPareto: { xi: "shape", beta: "scale", mu: "location" },
  burr: { alpha: "shape1", gamma: "shape2", theta: "scale" },
  inverseBurr: { tau: "shape1", gamma: "shape2", theta: "scale" },
  loglogistic: { gamma: "shape", theta: "scale" },
  inverseGaussian: { mu: "mean", lambda: "shape" },
  beta: { a: "shape1", b: "shape2", theta: "scale" },
  truncated: { base: "of" },
  negativeBinomial: { r: "size", p: "prob" },
  binomial: { n: "size", p: "prob" },
  geometric: { p: "prob" },
  logarithmic: { p: "prob" },
  poissonInverseGaussian: { mu: "mean", shape: "dispersion" },
  delaporte: { r: "size", p: "prob" },
  betaBinomial: { n: "size", a: "shape1", b: "shape2" },
};

/** A reference law in our names (fixtures/vectors/README.md lists them). */
function lawOf({ law, params }: ReferenceLaw): Record<string, unknown> {
  const modified = /^zero(Inflated|Truncated|Modified)(.)(.*)$/.exec(law);
  if (modified) {
    const [, kind, initial, rest] = modified;
    const { pi, p0, ...inner } = params;
    const base = lawOf({ law: initial.toLowerCase() + rest, params: inner });
    return { ...base, [`zero${kind}`]: kind === "Inflated" ? pi : kind === "Modified" ? p0 : true };
  }
  if (law === "discrete") return { law: "empirical", probabilities: params["pmf"] };
  const names = RENAMED[law] ?? {};
  const renamed = Object.entries(params).map(
    ([name, value]) => [names[name] ?? name, valueOf(law, name, value)] as const,
  );
  return { law, ...Object.fromEntries(renamed.filter(([, value]) => value !== null)) };
}

/** A reference severity in our names: "discrete" means values there, and counts from 0 in a frequency. */
function severityOf(reference: ReferenceLaw): Record<string, unknown> {
  const { law, params } = reference;
  if (law === "discrete") return { law: "empirical", values: params["values"], weights: params["probs"] };
  return lawOf(reference);
}

function valueOf(law: string, name: string, value: unknown): unknown {
  if (law === "poissonInverseGaussian" && name === "shape") return 1 / (value as number);
  if (name === "base") return severityOf(value as ReferenceLaw);
  if (name === "components") return (value as ReferenceLaw[]).map(severityOf);
  return value;
}

/**
 * The references take their share c per claim, before the aggregate terms, and a share q after them; ours is one share
 * at the end. The same answer: aggregate deductible D/c, aggregate limit L/c, insurerShare c·q.
 */
function termsOf(terms: ReferenceTerms, withAggregate: boolean): object {
  const { deductible, limit, coinsurance, aggregateDeductible, aggregateLimit, aggregateShare } = terms;
  const occurrence = { deductible, ...(limit !== null && { limit }) };
  if (!withAggregate) return { occurrence, insurerShare: coinsurance };
  const upper = aggregateLimit !== null && { limit: aggregateLimit / coinsurance };
  const aggregate = { deductible: aggregateDeductible / coinsurance, ...upper };
  return { occurrence, aggregate, insurerShare: coinsurance * aggregateShare };
}

/** Reference policies as a portfolio's; without aggregate terms for a total before them (block "S" of the file). */
export function referencePolicies(policies: readonly ReferencePolicy[], withAggregate: boolean): object[] {
  return policies.map(({ frequency, severity, terms, count = 1 }, i) => {
    const law = severityOf(severity);
    // A severity that can be negative is refused by us; at 33 sd from 0 the truncation changes nothing.
    const positive = law["law"] === "normal" ? { law: "truncated", of: law, lower: 0 } : law;
    return {
      id: `p${i}`,
      copies: count,
      frequency: lawOf(frequency),
      severity: positive,
      terms: termsOf(terms, withAggregate),
    };
  });
}

/** A file of fixtures/vectors/. */
export function readVectors(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/vectors/${name}`, import.meta.url), "utf8"));
}
