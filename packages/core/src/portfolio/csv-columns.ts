import { z } from "zod";
import { frequencySchema } from "../laws/counts/index.ts";
import { policySeveritySchema } from "../laws/severities/index.ts";
import { suggestion } from "./nearest.ts";
import { quote } from "./shown.ts";

/** A column of a CSV portfolio: where its cells belong in a policy, and how they are read. */
export interface Column {
  readonly name: string;
  readonly path: readonly string[];
  readonly kind: "text" | "number" | "list" | "flag";
}

export interface Columns {
  /** Every column that there is, by name. */
  readonly byName: ReadonlyMap<string, Column>;
  /** The laws that are made of other laws, which no cell can hold. */
  readonly nestedLaws: ReadonlySet<string>;
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

const TERMS: readonly Column[] = [
  { name: "deductible", path: ["terms", "occurrence", "deductible"], kind: "number" },
  { name: "deductible_kind", path: ["terms", "occurrence", "deductibleKind"], kind: "text" },
  { name: "attachment", path: ["terms", "occurrence", "attachment"], kind: "number" },
  { name: "limit", path: ["terms", "occurrence", "limit"], kind: "number" },
  { name: "aggregate_deductible", path: ["terms", "aggregate", "deductible"], kind: "number" },
  { name: "aggregate_limit", path: ["terms", "aggregate", "limit"], kind: "number" },
  { name: "insurer_share", path: ["terms", "insurerShare"], kind: "number" },
];

let made: Columns | undefined;

/** The columns of CSV portfolios; parameters of laws have columns such as `frequency.lambda`, which follow from the laws. */
export function csvColumns(): Columns {
  made ??= makeColumns();
  return made;
}

function makeColumns(): Columns {
  const frequencies = lawsIn(z.toJSONSchema(frequencySchema, { io: "input" }));
  const severities = lawsIn(z.toJSONSchema(policySeveritySchema, { io: "input" }));
  const columns: Column[] = [
    { name: "id", path: ["id"], kind: "text" },
    { name: "copies", path: ["copies"], kind: "number" },
    { name: "frequency", path: ["frequency", "law"], kind: "text" },
    ...parameterColumns("frequency", frequencies),
    { name: "severity", path: ["severity", "law"], kind: "text" },
    ...parameterColumns("severity", severities),
    ...TERMS,
  ];
  return {
    byName: new Map(columns.map((column) => [column.name, column])),
    nestedLaws: new Set([...severities].filter(([, parameters]) => isNested(parameters)).map(([law]) => law)),
  };
}

type Parameters = readonly (readonly [name: string, schema: JsonSchema])[];

/** Every law that a JSON Schema mentions, with its parameters. */
function lawsIn(schema: unknown, laws = new Map<string, Parameters>()): Map<string, Parameters> {
  if (typeof schema !== "object" || schema === null) return laws;
  const { law, ...parameters } = (schema as JsonSchema).properties ?? {};
  if (typeof law === "object" && typeof law.const === "string") {
    laws.set(law.const, Object.entries(parameters) as [string, JsonSchema][]);
  }
  for (const inner of Object.values(schema)) lawsIn(inner, laws);
  return laws;
}

function parameterColumns(role: string, laws: ReadonlyMap<string, Parameters>): Column[] {
  const columns = new Map<string, Column>();
  for (const parameters of laws.values()) {
    if (isNested(parameters)) continue;
    for (const [parameter, schema] of parameters) {
      const name = `${role}.${parameter}`;
      const kind = kindOf(schema);
      if (kind !== undefined) columns.set(name, { name, path: [role, parameter], kind });
    }
  }
  return [...columns.values()];
}

function isNested(parameters: Parameters): boolean {
  return parameters.some(([, schema]) => kindOf(schema) === undefined);
}

/** How a parameter is written in a cell; undefined if it is made of laws. */
function kindOf(schema: JsonSchema): Column["kind"] | undefined {
  if (schema.type === "number" || schema.type === "integer") return "number";
  if (schema.type === "boolean") return "flag";
  const items = schema.items as JsonSchema | undefined;
  return schema.type === "array" && items?.type === "number" ? "list" : undefined;
}

/** What is wrong with a header, as [position from 0, message]. */
export function headerComplaints(header: readonly string[]): (readonly [number, string])[] {
  const { byName } = csvColumns();
  const complaints: (readonly [number, string])[] = [];
  for (const [i, name] of header.entries()) {
    if (!byName.has(name)) complaints.push([i, unknownColumn(name)]);
    else if (header.indexOf(name) !== i) complaints.push([i, `the column ${name} is given twice`]);
  }
  return complaints;
}

function unknownColumn(name: string): string {
  const allowed = [...csvColumns().byName.keys()];
  return `unknown column ${quote(name)}${suggestion(name, allowed)}, allowed: ${allowed.join(", ")}`;
}
