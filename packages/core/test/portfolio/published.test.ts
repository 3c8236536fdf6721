import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { exampleCsv } from "../../../../tools/make-example-csv.ts";
import { countLaw, countLaws, frequencySchema } from "../../src/laws/counts/index.ts";
import { severity, severityLaws, severitySchema } from "../../src/laws/severities/index.ts";
import { csvColumns } from "../../src/portfolio/csv-columns.ts";
import { portfolioJsonSchema } from "../../src/portfolio/json-schema.ts";
import { formatOf } from "../../src/portfolio/format.ts";
import { parsePortfolio } from "../../src/portfolio/parse-portfolio.ts";
import { readYaml } from "../../src/portfolio/yaml.ts";
import { good } from "./refusal.ts";

const read = (file: string) => readFileSync(new URL(`../../../../${file}`, import.meta.url), "utf8");
const parse = (file: string) => parsePortfolio(read(file), formatOf(file), file);

describe("the examples", () => {
  test.each([
    ["examples/motor-and-property.yaml", 9, 3_752],
    ["examples/property-500.csv", 500, 2_288],
    ["examples/excess-layers.json", 5, 5],
  ])("%s", (file, policies, copies) => {
    const book = parse(file);
    expect(book.policies).toHaveLength(policies);
    expect(book.policies.reduce((sum, policy) => sum + policy.copies, 0)).toBe(copies);
    for (const policy of book.policies) {
      expect(countLaw(policy.frequency).mean).toBeGreaterThan(0);
      expect(severity(policy.severity).mean).toBeGreaterThan(0);
    }
  });

  test("property-500.csv is what its script writes", () =>
    expect(read("examples/property-500.csv")).toBe(exampleCsv()));

  test("motor-and-property.yaml begins with the book of the documentation", () => {
    const block = /```yaml\n(.*?)```/s.exec(read("docs/portfolio.md"))?.[1] ?? "";
    const { name, currency, policies } = parsePortfolio(block, "yaml", "x");
    expect(parse("examples/motor-and-property.yaml")).toMatchObject({ name, currency, policies: { 0: policies[0] } });
  });
});

describe("the published JSON Schema", () => {
  const published = JSON.parse(read("schema/portfolio.schema.json")) as Record<string, unknown>;
  const judge = z.fromJSONSchema(published);

  test("is what portfolioJsonSchema() returns (node tools/write-schema.ts)", () => {
    expect(published).toEqual(portfolioJsonSchema());
  });

  test("has a title for every law, for editors to offer", () => {
    const text = JSON.stringify(published);
    for (const law of [...countLaws, ...severityLaws]) expect(text).toContain(`"title":"${law}"`);
  });

  test("accepts the examples", () => {
    expect(judge.safeParse(readYaml(read("examples/motor-and-property.yaml"))).success).toBe(true);
    expect(judge.safeParse(JSON.parse(read("examples/excess-layers.json"))).success).toBe(true);
    expect(judge.safeParse({ policies: [good] }).success).toBe(true);
  });

  test.each([
    ["no policies", { policies: [] }],
    ["a misspelled key", { policies: [{ ...good, copy: 1 }] }],
    ["a misspelled law", { policies: [{ ...good, frequency: { law: "poison", lambda: 1 } }] }],
    ["a number out of range", { policies: [{ ...good, severity: { law: "lognormal", meanlog: 1, sdlog: 0 } }] }],
    ["a fault in a mixture", { policies: [{ ...good, severity: { law: "mixture", weights: [1], components: [{}] } }] }],
    ["a control character", { policies: [{ ...good, id: "\u0007" }] }],
  ])("refuses %s", (_what, book) => expect(judge.safeParse(book).success).toBe(false));
});

/** The parameters of every law, as its JSON Schema lists them. */
const parameters = (schema: z.ZodType, laws: readonly string[]) => {
  const found = new Map<string, string[]>();
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { properties } = node as { properties?: Record<string, { const?: string }> };
    const law = properties?.["law"]?.const;
    if (law !== undefined)
      found.set(
        law,
        Object.keys(properties ?? {}).filter((key) => !/^law$|^zero/.test(key)),
      );
    Object.values(node).forEach(walk);
  };
  walk(z.toJSONSchema(schema, { io: "input" }));
  return laws.map((law) => [law, found.get(law) ?? []] as const);
};

describe("docs/portfolio.md", () => {
  const lines = read("docs/portfolio.md").split("\n");

  const section = (title: string) => {
    const start = lines.indexOf(`## ${title}`);
    const length = lines.slice(start + 1).findIndex((line) => line.startsWith("## "));
    return lines.slice(start, start + length).filter((line) => line.startsWith("| `"));
  };

  test.each([
    ["Laws of counts", parameters(frequencySchema, countLaws)],
    ["Laws of amounts", parameters(severitySchema, severityLaws)],
  ])("%s: a row for each, with its parameters in order", (title, laws) => {
    const rows = section(title).map((line) =>
      line.split("|").map((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name)),
    );
    const documented = rows.filter(([, [law]]) => law !== undefined).map(([, [law], names]) => [law, names]);
    expect(documented).toEqual(laws);
  });

  test("names every zero modifier, and every column that is no parameter of a law", () => {
    const text = lines.join("\n");
    for (const key of ["zeroInflated: p", "zeroTruncated: true", "zeroModified: p0"])
      expect(text).toContain(`\`${key}\``);
    for (const name of csvColumns().byName.keys()) {
      if (!name.includes(".")) expect(section("CSV").join("\n")).toContain(`\`${name}\``);
    }
  });

  test("its CSV parses", () => {
    const block = /```\n(id,.*?)```/s.exec(lines.join("\n"))?.[1] ?? "";
    expect(parsePortfolio(block, "csv", "x").policies).toHaveLength(2);
  });

  test("its errors are ours", () => {
    const message = /policies\[3\]\.severity\.sdlog: (.*)/.exec(lines.join("\n"))?.[1] ?? "";
    const policies = [0, 1, 2, 3].map((i) => ({
      ...good,
      id: `p${i}`,
      severity: { ...good.severity, sdlog: i < 3 ? 1 : -1 },
    }));
    expect(() => parsePortfolio(JSON.stringify({ policies }), "json", "x")).toThrow(
      `policies[3].severity.sdlog: ${message}`,
    );
  });
});
