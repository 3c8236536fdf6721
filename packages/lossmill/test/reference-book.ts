import { type Portfolio, checkPortfolio } from "@lossmill/core";
import { type ReferencePolicy, readVectors, referencePolicies } from "../../../tools/testing/reference-policies.ts";

/** Exact figures of a total. */
export interface ReferenceTotal {
  readonly mean: number;
  readonly sd: number | "Infinity";
  readonly levels: readonly {
    p: number;
    var: number;
    tvar: number | string;
    varGridDiff: number;
    tvarGridDiff: number;
  }[];
}

function referenceBook(name: string, policies: readonly ReferencePolicy[], withAggregate: boolean): Portfolio {
  return checkPortfolio({ name, currency: "EUR", policies: referencePolicies(policies, withAggregate) });
}

/** A case with an exact answer. */
export interface ReferenceCase {
  readonly name: string;
  readonly book: Portfolio;
  readonly exact: ReferenceTotal;
}

/** Every continuous case of aggregates.json, before and after aggregate terms, and every book of portfolio.json. */
export function referenceCases(): ReferenceCase[] {
  type Case = ReferencePolicy & { id: string; S: ReferenceTotal; Y?: ReferenceTotal };
  const { continuous } = readVectors("aggregates.json") as { continuous: Case[] };
  const single = continuous.flatMap(({ id, S, Y, frequency, severity, terms }) => {
    const policy = { frequency, severity, terms };
    return [
      { name: id, book: referenceBook(id, [policy], false), exact: S },
      ...(Y ? [{ name: `${id}, after aggregate terms`, book: referenceBook(id, [policy], true), exact: Y }] : []),
    ];
  });
  type Book = { id: string; policies: ReferencePolicy[]; total: ReferenceTotal };
  const { cases } = readVectors("portfolio.json") as { cases: Book[] };
  const books = cases.map(({ id, policies, total }) => ({
    name: id,
    book: referenceBook(id, policies, true),
    exact: total,
  }));
  return [...single, ...books];
}
