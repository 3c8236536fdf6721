import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LossmillError } from "../../src/errors.ts";
import type { PortfolioFormat } from "../../src/portfolio/format.ts";
import { parsePortfolio } from "../../src/portfolio/parse-portfolio.ts";
import { type Portfolio, checkPortfolio } from "../../src/portfolio/portfolio.ts";
import { ONE_LINE } from "./refusal.ts";

// Whatever comes in, a checked portfolio or an error of ours goes out, soon. The seed is fixed, so that a failure stays.
const SEED = 20_270_101;
const runs = (numRuns: number) => ({ seed: SEED, numRuns });

/** What becomes of an input; a crash fails the test, and so does anything that takes 2 s. */
function outcome(read: () => Portfolio): Portfolio | LossmillError {
  const start = performance.now();
  try {
    const portfolio = read();
    expect(checkPortfolio(portfolio)).toEqual(portfolio);
    return portfolio;
  } catch (error) {
    if (!(error instanceof LossmillError)) throw error;
    expect(error.code).toBe("BAD_PORTFOLIO");
    expect(error.faults.length).toBeGreaterThan(0);
    for (const { place, message } of error.faults) expect(`${place}: ${message}`).toMatch(ONE_LINE);
    return error;
  } finally {
    expect(performance.now() - start).toBeLessThan(2_000);
  }
}

const book = {
  name: "Fuzzed",
  currency: "EUR",
  policies: [
    {
      id: "a",
      copies: 5,
      frequency: { law: "poisson", lambda: 0.1, zeroInflated: 0.2 },
      severity: { law: "lognormal", meanlog: 8, sdlog: 1.2 },
      terms: { occurrence: { deductible: 500, deductibleKind: "franchise", limit: 1e5 }, insurerShare: 0.9 },
    },
    {
      id: "b",
      frequency: { law: "mixedPoisson", weights: [1, 2], lambdas: [0.1, 0.5] },
      severity: {
        law: "mixture",
        weights: [0.8, 0.2],
        components: [
          { law: "gamma", shape: 2, scale: 1000 },
          { law: "truncated", of: { law: "normal", mean: 100, sd: 20 }, lower: 0 },
        ],
      },
      terms: { aggregate: { deductible: 1, limit: 1e6 } },
    },
    {
      id: "c",
      frequency: { law: "negativeBinomial", size: 2, prob: 0.5 },
      severity: { law: "empirical", values: [1, 2, 3], weights: [1, 1, 1] },
    },
  ],
};

const CSV = [
  "id,copies,frequency,frequency.lambda,frequency.probabilities,severity,severity.meanlog,severity.sdlog,limit",
  'a,1,poisson,0.1,,lognormal,8,1,1000\n"b",2,empirical,,0.5;0.5,lognormal,8,1,',
].join("\n");

const texts: Record<PortfolioFormat, string> = {
  json: JSON.stringify(book),
  yaml: `name: Fuzzed\npolicies:\n${book.policies.map((policy) => `  - ${JSON.stringify(policy)}\n`).join("")}`,
  csv: CSV,
};
const FORMATS = ["json", "yaml", "csv"] as const;

/** Values that ought to be refused somewhere, and some that may pass. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.double(),
  fc.constantFrom("", "__proto__", "poisson", "mixture", -1, 0, 1.5, 1e12, 1e300, 5e-324, NaN, Infinity, [], {}, null),
  fc.string({ unit: "binary" }),
  fc.constant(book.policies[1].severity),
);

const key = fc.oneof(fc.constantFrom("law", "of", "lower", "zeroTruncated", "__proto__", "constructor"), fc.string());

interface Change {
  readonly at: number;
  readonly kind: "set" | "delete" | "add";
  readonly key: string;
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(60),
  kind: fc.constantFrom("set", "delete", "add"),
  key,
  value: odd,
});

/** A copy of the book with one value set, deleted or added; `at` counts the values in the order of the text. */
function mutate(value: unknown, { at, kind, key: name, value: put }: Change): unknown {
  const copy = structuredClone(value);
  const places: [Record<string, unknown>, string][] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const inner of Object.keys(node)) {
      places.push([node as Record<string, unknown>, inner]);
      walk((node as Record<string, unknown>)[inner]);
    }
  };
  walk(copy);
  if (places.length === 0) return put;
  const [parent, inner] = places[at % places.length];
  if (kind === "delete") delete parent[inner];
  else
    Object.defineProperty(parent, kind === "set" ? inner : name, {
      value: put,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return copy;
}

/** Pieces that mean something to one of the formats. */
const piece = fc.oneof(
  fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    ",",
    "- ",
    "\n",
    "\n  ",
    "\n\n",
    "\t",
    '"',
    "'",
    "\\",
    "|",
    ">",
    "? ",
    "#",
    ";",
  ),
  fc.constantFrom(
    "&a ",
    "*a",
    "!t ",
    "!!binary ",
    "<<",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "\r",
    "\0",
    "\u2028",
    "\ufeff",
    "\ud800",
  ),
  fc.constantFrom(
    "policies",
    "id",
    "law",
    "severity",
    "frequency",
    "poisson",
    "-1",
    "1e999",
    ".inf",
    "null",
    "~",
    "true",
    "+1",
  ),
  fc.string({ unit: "binary", maxLength: 5 }),
);

const soup = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));

describe("neither crashes nor hangs on", () => {
  test("any value of a program", () => {
    const value = fc.oneof(
      fc.anything(),
      fc.record({ policies: fc.anything() }),
      fc.record({ policies: fc.array(odd) }),
    );
    fc.assert(
      fc.property(value, (input) => void outcome(() => checkPortfolio(input))),
      runs(1_000),
    );
  });

  test("a good book with a few changes, in JSON and as a value", () => {
    let passed = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const changed = changes.reduce<unknown>(mutate, book);
        if (!(outcome(() => checkPortfolio(changed)) instanceof LossmillError)) passed += 1;
        const text = JSON.stringify(changed);
        outcome(() => parsePortfolio(text, "json", "book"));
      }),
      runs(1_000),
    );
    // Both ends of the door are seen: some changes are harmless.
    expect(passed).toBeGreaterThan(20);
    expect(passed).toBeLessThan(970);
  });

  test.each(FORMATS)("a soup of syntax: %s", (format) => {
    fc.assert(
      fc.property(soup, (text) => void outcome(() => parsePortfolio(text, format, "book"))),
      runs(1_000),
    );
  });

  test.each(FORMATS)("a good text with pieces cut out and put in: %s", (format) => {
    const good = texts[format];
    expect(outcome(() => parsePortfolio(good, format, "book"))).not.toBeInstanceOf(LossmillError);
    const cut = fc.record({ start: fc.nat(good.length), length: fc.nat(4), piece });
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
        let text = good;
        for (const { start, length, piece: put } of cuts)
          text = text.slice(0, start) + put + text.slice(start + length);
        outcome(() => parsePortfolio(text, format, "book"));
      }),
      runs(400),
    );
  });
});
