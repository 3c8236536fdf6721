import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { LossmillError } from "../../src/errors.ts";
import { formatOf } from "../../src/portfolio/format.ts";
import { loadPortfolio } from "../../src/portfolio/load-portfolio.ts";
import { parsePortfolio } from "../../src/portfolio/parse-portfolio.ts";
import type { Portfolio } from "../../src/portfolio/portfolio.ts";
import { MOST_BYTES, decodeText } from "../../src/portfolio/text.ts";
import { errorOf, good } from "./refusal.ts";

const book: Portfolio = {
  name: "Three formats",
  currency: "XXX",
  policies: [
    {
      id: 'a, "quoted"',
      copies: 3,
      frequency: { law: "poisson", lambda: 0.12, zeroTruncated: true },
      severity: { law: "lognormal", meanlog: -8.1, sdlog: 1.2e-3 },
      terms: {
        occurrence: { deductible: 500, deductibleKind: "franchise", attachment: 0, limit: 100000 },
        aggregate: { deductible: 1, limit: 250000 },
        insurerShare: 0.9,
      },
    },
    {
      id: "b – ü",
      copies: 1,
      frequency: { law: "empirical", probabilities: [0.5, 0.25, 0.25] },
      severity: { law: "empirical", values: [1], weights: [2] },
    },
  ],
};

const YAML = `
name: Three formats
policies:
  - id: 'a, "quoted"'
    copies: 3
    frequency: { law: poisson, lambda: 0.12, zeroTruncated: true }
    severity: { law: lognormal, meanlog: -8.1, sdlog: 1.2e-3 }
    terms: # all of them
      occurrence: { deductible: 500, deductibleKind: franchise, attachment: 0, limit: 100000 }
      aggregate: { deductible: 1, limit: 250000 }
      insurerShare: 0.9
  - id: b – ü
    frequency:
      law: empirical
      probabilities: [0.5, 0.25, 0.25]
    severity: { law: empirical, values: [1], weights: [2] }
`;

const CSV = [
  "id,copies,frequency,frequency.lambda,frequency.zeroTruncated,frequency.probabilities,severity,severity.meanlog," +
    "severity.sdlog,severity.values,severity.weights,deductible,deductible_kind,attachment,limit,aggregate_deductible," +
    "aggregate_limit,insurer_share",
  '"a, ""quoted""",3,poisson,0.12,TRUE,,lognormal,-8.1,1.2e-3,,,500,franchise,0,100000,1,250000,0.9',
  "",
  "b – ü,,empirical,,,0.5;0.25;0.25,empirical,,,1,2,,,,,,,",
  "",
];

describe("the same book", () => {
  test("in YAML", () => expect(parsePortfolio(YAML, "yaml", "x")).toEqual(book));
  test("in JSON", () => expect(parsePortfolio(JSON.stringify(book, null, 1), "json", "x")).toEqual(book));
  test.each(["\n", "\r\n", "\r"])("in CSV with line ends %j", (end) => {
    expect(parsePortfolio(CSV.join(end), "csv", "Three formats")).toEqual(book);
  });
});

test("a name that the text does not give is that of the file", () => {
  expect(parsePortfolio(JSON.stringify({ policies: [good] }), "json", "motor").name).toBe("motor");
  expect(parsePortfolio(JSON.stringify({ name: "own", policies: [good] }), "json", "motor").name).toBe("own");
  expect(errorOf(() => parsePortfolio(JSON.stringify({ policies: [good] }), "json", "a\nb")).faults[0].place).toBe(
    "name",
  );
});

test("$schema is for editors and not kept", () => {
  const text = JSON.stringify({ $schema: "../schema/portfolio.schema.json", policies: [good] });
  expect(Object.keys(parsePortfolio(text, "json", "x"))).toEqual(["name", "currency", "policies"]);
});

describe("every workload parses to the values of its file", () => {
  const folder = new URL("../../../../fixtures/workloads/", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const books = files.filter((file) => file.endsWith(".json") && !file.endsWith("index.json"));

  test("there are 16", () => expect(books).toHaveLength(16));
  test.each(books)("%s", (file) => {
    const text = readFileSync(new URL(file, folder), "utf8");
    const written = JSON.parse(text) as Portfolio;
    // Deep equality of 10,000 policies by the test runner takes seconds; their JSON, in the order of the schema, does not.
    const policies = written.policies.map(({ id, copies, frequency, severity, terms }) => ({
      id,
      copies: copies ?? 1,
      frequency,
      severity,
      terms,
    }));
    const parsed = parsePortfolio(text, "json", "x");
    expect([parsed.name, parsed.currency]).toEqual([written.name, written.currency]);
    expect(parsed.policies.map(canonical)).toEqual(policies.map(canonical));
  });
});

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${key}:${canonical(inner)}`)
    .join(",")}}`;
}

describe("formatOf", () => {
  test.each([
    ["book.yaml", "yaml"],
    ["book.yml", "yaml"],
    ["a.b/book.JSON", "json"],
    ["C:\\books\\book.Csv", "csv"],
    [".json", "json"],
  ])("%s", (name, format) => expect(formatOf(name)).toBe(format));

  test.each(["book", "book.txt", "book.json.gz", "a.json/book", "book.", "", "x.constructor"])("refuses %j", (name) => {
    const { message } = errorOf(() => formatOf(name));
    expect(message).toContain(`${JSON.stringify(name)}: expected a name that ends in .yaml, .yml, .json, .csv`);
  });
});

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part)] : part)));

describe("decodeText", () => {
  test("reads UTF-8", () => expect(decodeText(bytes("a ü 😀"))).toBe("a ü 😀"));
  test("drops a byte order mark", () => expect(decodeText(bytes([0xef, 0xbb, 0xbf], "{}"))).toBe("{}"));
  test("reads nothing", () => expect(decodeText(bytes())).toBe(""));

  test.each([
    ["Latin 1", bytes("a\nb\nM", [0xfc], "ller\n"), "line 3"],
    ["UTF-16", bytes([0xff, 0xfe, 0x7b, 0]), "line 1"],
    ["a surrogate", bytes("\n", [0xed, 0xa0, 0x80], "\n"), "line 2"],
    ["an overlong slash", bytes([0xc0, 0xaf]), "line 1"],
    ["a character cut off at the end", bytes("a\nb", [0xc3]), "line 2"],
  ])("refuses %s", (_what, input, place) => {
    const error = errorOf(() => decodeText(input));
    expect(error).toMatchObject({
      code: "BAD_PORTFOLIO",
      message: `${place}: this is not UTF-8 text; save the file as UTF-8`,
    });
  });

  test("refuses what is too large, before anything reads it", () => {
    const { message } = errorOf(() => decodeText(new Uint8Array(MOST_BYTES + 1)));
    expect(message).toBe("portfolio: expected a file of at most 67108864 bytes (64 MiB), found 67108865");
    expect(errorOf(() => parsePortfolio("x".repeat(MOST_BYTES + 1), "json", "x")).message).toContain("64 MiB");
  });
});

/** As many of `unit` as a file may hold. */
const fill = (unit: string) => unit.repeat(Math.floor((MOST_BYTES - 2) / unit.length));

describe("64 MiB on one line end soon", () => {
  test.each([
    ["json", "backslashes", `"${fill("\\")}`],
    ["json", "numbers", `[${fill("1,")}`],
    ["yaml", "a text", fill("a")],
    ["yaml", "dashes", fill("- ")],
    ["csv", "commas", fill(",")],
  ] as const)("%s: %s", (format, _what, text) => {
    // Soon is what the test's own time limit leaves, however busy the machine: a hang would be far longer.
    expect(() => parsePortfolio(text, format, "x")).toThrow(LossmillError);
  });
});

test.each([
  ["json", '{"policies":[{"id":"a","frequency":{"law":"fixed","n":1},"severity":{"law":"constant","value":1}}]}'],
  ["yaml", "policies: [{ id: a, frequency: { law: fixed, n: 1 }, severity: { law: constant, value: 1 } }]"],
  ["csv", "id,frequency,frequency.n,severity,severity.value\na,fixed,1,constant,1\n"],
] as const)("loadPortfolio reads %s as parsePortfolio does", async (format, text) => {
  expect(await loadPortfolio(text, format, "x")).toEqual(parsePortfolio(text, format, "x"));
  await expect(loadPortfolio("{", format, "x")).rejects.toThrow(LossmillError);
});
