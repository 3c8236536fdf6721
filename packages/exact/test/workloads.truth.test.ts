import { readFileSync } from "node:fs";
import { checkPortfolio, type Portfolio } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { type ExactAnswer, exactAnswer } from "../src/index.ts";
import { relativeError, worstCase } from "./worst-case.ts";

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url), "utf8"));
}

function bookOf(name: string, withTerms: boolean): Portfolio {
  const { policies, ...rest } = read(`workloads/${name}.json`) as { policies: Record<string, unknown>[] };
  const kept = withTerms ? policies : policies.map((policy) => ({ ...policy, terms: undefined }));
  return checkPortfolio({ ...rest, policies: kept });
}

interface Typical {
  readonly book: string;
  readonly terms: boolean;
  readonly mean: number;
  readonly meanDigits: number;
  readonly sd: number;
  readonly sdDigits: number;
  readonly levels: readonly { p: number; var: number; tvar: number }[];
  readonly oep?: readonly { p: number; value: number }[];
}

describe("the typical books", () => {
  const { books } = read("typical-exact.json") as { books: Typical[] };
  const worst = { var: worstCase("VaR, relative"), tvar: worstCase("TVaR, relative"), oep: worstCase("OEP, absolute") };

  test.each(books.map((typical) => [`${typical.book} ${typical.terms ? "net" : "gross"}`, typical] as const))(
    "%s",
    (name, typical) => {
      const answer = exactAnswer(bookOf(`typical/${typical.book}`, typical.terms));
      // Means and sds are printed to so many digits; each is half a unit of the last one off.
      expect(answer.mean.value).toBeCloseTo(typical.mean, typical.meanDigits);
      expect(answer.sd.value).toBeCloseTo(typical.sd, typical.sdDigits);
      const at = (p: number) => answer.quantiles.find((quantile) => quantile.p === p) as ExactAnswer["quantiles"][0];
      for (const level of typical.levels) {
        const { var: value, tvar } = at(level.p);
        worst.var.add(relativeError(value.value, level.var), `${name}, p = ${level.p}`);
        worst.tvar.add(relativeError(tvar.value, level.tvar), `${name}, p = ${level.p}`);
        expect(relativeError(value.value, level.var)).toBeLessThan(2e-5);
        expect(relativeError(tvar.value, level.tvar)).toBeLessThan(2e-5);
      }
      for (const { p, value } of typical.oep ?? []) {
        worst.oep.add(Math.abs((at(p).oep.value ?? NaN) - value), `${name}, p = ${p}`);
        expect(at(p).oep.value).toBeCloseTo(value, 2);
      }
    },
  );

  test("the worst cases", () => {
    for (const kind of Object.values(worst)) kind.print();
  });
});

describe("the workloads", () => {
  type Expected = { mean: number; sd: number; exkurt?: number };
  const index = read("workloads/index.json") as Record<string, { expected: Expected }>;
  const worst = worstCase("mean and sd of the workloads, relative");

  test.each(["W0", "W1", "W2", "W3", "W4", "W5", "W6", "W7", "W9", "W10"])("%s: mean, sd and kurtosis", (name) => {
    const { mean, sd, exkurt } = index[name].expected;
    const answer = exactAnswer(bookOf(name, true), { at: [0.9] });
    worst.add(relativeError(answer.mean.value, mean), `mean of ${name}`);
    worst.add(relativeError(answer.sd.value, sd), `sd of ${name}`);
    // The expected moments are sums of up to 10,000 doubles.
    expect(relativeError(answer.mean.value, mean)).toBeLessThan(1e-11);
    expect(relativeError(answer.sd.value, sd)).toBeLessThan(1e-11);
    if (exkurt !== undefined) expect(relativeError((answer.kurtosis ?? NaN) - 3, exkurt)).toBeLessThan(1e-9);
  });

  test("the worst case", () => {
    worst.print();
  });
});
