import { readFileSync } from "node:fs";
import { type Portfolio, checkPortfolio } from "@lossmill/core";

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

/** Exact figures of a total. */
export interface ReferenceTotal {
  readonly mean: number | "Infinity";
  readonly sd: number | "Infinity";
  readonly meanErr?: number;
  readonly varianceErr?: number;
  readonly levels: readonly {
    p: number;
    var: number;
    tvar: number | string;
    varGridDiff?: number;
    tvarGridDiff?: number;
    tie?: boolean;
  }[];
  /** Rows [x, P(total <= x), |fine − coarse grid|]. */
  readonly cdf?: readonly (readonly [number, number, number])[];
  /** Of lattice cases: [x, P(total = x), P(total <= x)]. */
  readonly rows?: readonly (readonly [number, number, number])[];
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

/** Laws that ours does not have. */
const UNKNOWN = ["poissonExtendedTruncatedNegativeBinomial", "poissonLognormal"];

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

/** Reference policies as a portfolio; without aggregate terms for a total before them (block "S" of the file). */
export function referenceBook(name: string, policies: readonly ReferencePolicy[], withAggregate: boolean): Portfolio {
  const ours = policies.map(({ frequency, severity, terms, count = 1 }, i) => {
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
  return checkPortfolio({ name, currency: "EUR", policies: ours });
}

/** A case with an exact answer; `book` is undefined where a law is not ours. */
export interface ReferenceCase {
  readonly name: string;
  readonly book: Portfolio | undefined;
  readonly exact: ReferenceTotal;
}

type Single = ReferencePolicy & { id: string; S: ReferenceTotal; Y?: ReferenceTotal };

/** The cases of aggregates.json, before ("S") and after ("Y") aggregate terms. */
export function aggregateCases(kind: "continuous" | "lattice"): ReferenceCase[] {
  const cases = (read("aggregates.json") as Record<typeof kind, Single[]>)[kind];
  return cases.flatMap(({ id, S, Y, frequency, severity, terms }) => {
    const policy = { frequency, severity, terms };
    const isOurs = !UNKNOWN.includes(policy.frequency.law);
    const book = (withAggregate: boolean) => (isOurs ? referenceBook(id, [policy], withAggregate) : undefined);
    return [
      { name: `${id} S`, book: book(false), exact: S },
      ...(Y === undefined ? [] : [{ name: `${id} Y`, book: book(true), exact: Y }]),
    ];
  });
}

/** The books of portfolio.json. */
export function portfolioCases(): ReferenceCase[] {
  type Book = { id: string; policies: ReferencePolicy[]; total: ReferenceTotal };
  const { cases } = read("portfolio.json") as { cases: Book[] };
  return cases.map(({ id, policies, total }) => ({ name: id, book: referenceBook(id, policies, true), exact: total }));
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/vectors/${name}`, import.meta.url), "utf8"));
}
