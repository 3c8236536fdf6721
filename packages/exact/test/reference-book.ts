import { type Portfolio, checkPortfolio } from "@lossmill/core";
import { type ReferencePolicy, readVectors, referencePolicies } from "../../../tools/testing/reference-policies.ts";

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

/** Laws that ours does not have. */
const UNKNOWN = ["poissonExtendedTruncatedNegativeBinomial", "poissonLognormal"];

function referenceBook(name: string, policies: readonly ReferencePolicy[], withAggregate: boolean): Portfolio {
  return checkPortfolio({ name, currency: "EUR", policies: referencePolicies(policies, withAggregate) });
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
  const cases = (readVectors("aggregates.json") as Record<typeof kind, Single[]>)[kind];
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
  const { cases } = readVectors("portfolio.json") as { cases: Book[] };
  return cases.map(({ id, policies, total }) => ({ name: id, book: referenceBook(id, policies, true), exact: total }));
}
