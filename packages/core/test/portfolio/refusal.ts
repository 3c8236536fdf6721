import { expect, test } from "vitest";
import { LossmillError } from "../../src/errors.ts";
import type { PortfolioFormat } from "../../src/portfolio/format.ts";
import { parsePortfolio } from "../../src/portfolio/parse-portfolio.ts";

/** A policy with nothing wrong. */
export const good = {
  id: "a",
  frequency: { law: "poisson", lambda: 0.1 },
  severity: { law: "lognormal", meanlog: 8, sdlog: 1 },
};

/** What is wrong, the text, where it must be found and what must be said of it. */
export type Case = readonly [what: string, text: string, place: string, message: string];

/** The portfolio of one policy, the good one changed, as JSON. */
export const changed = (change: object) => JSON.stringify({ policies: [{ ...good, ...change }] });

/** The error that `run` throws, which must be one of ours. */
export function errorOf(run: () => unknown): LossmillError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(LossmillError);
    return error as LossmillError;
  }
  throw new Error("nothing was refused");
}

/** One line without anything that moves a terminal's cursor. */
export const ONE_LINE = /^[^\p{Cc}\u2028\u2029]+$/u;

/** Tests that each text is refused, with one of the faults at the place and of the message. */
export function refuses(format: PortfolioFormat, cases: readonly Case[]): void {
  test.each(cases)("%s", (_what, text, place, message) => {
    const error = errorOf(() => parsePortfolio(text, format, "book"));
    expect(error.code).toBe("BAD_PORTFOLIO");
    const listed = error.faults.map((fault) => `${fault.place}: ${fault.message}`).join("\n");
    const found = error.faults.some((fault) => fault.place.includes(place) && fault.message.includes(message));
    expect(found, `${place}: ${message} is not in\n${listed}`).toBe(true);
    for (const line of [error.message, ...listed.split("\n")]) expect(line).toMatch(ONE_LINE);
  });
}
