import { z } from "zod";
import type { Fault } from "../errors.ts";
import { MOST_FAULTS, type Path } from "./faults.ts";
import { suggestion } from "./nearest.ts";
import { describe, escapeHidden, quote } from "./shown.ts";

/** Rewrites the schema library's complaints into this project's: one line that says what was found and what is allowed. */

const MOST_KEYS_NAMED = 5;

/** What is wrong with `value`, which stands at `path`, by `schema`: its parsed form and the faults. */
export function judge<T>(
  schema: z.ZodType<T>,
  value: unknown,
  path: Path,
  locate: (path: Path) => string,
): { readonly data: T | undefined; readonly faults: readonly Fault[] } {
  const { data, error } = schema.safeParse(value, { error: wording });
  const issues = error?.issues.slice(0, MOST_FAULTS) ?? [];
  const faults = issues.flatMap((issue) => faultsOf(issue, [...path, ...issue.path], locate));
  return { data, faults };
}

function faultsOf(issue: z.core.$ZodIssue, path: Path, locate: (path: Path) => string): Fault[] {
  if (issue.code !== "unrecognized_keys") return [{ place: locate(path), message: escapeHidden(issue.message) }];
  const allowed = issue.message.split(", ");
  return issue.keys.slice(0, MOST_KEYS_NAMED).map((key) => ({
    place: locate([...path, key]),
    message: `unknown key ${quote(key)}${suggestion(key, allowed)}, allowed: ${issue.message}`,
  }));
}

/** The message of one complaint; of unknown keys only the list of allowed ones, which `faultsOf` completes. */
function wording(issue: z.core.$ZodRawIssue): string {
  const allowed = issue.schema === undefined ? {} : constraints(issue.schema);
  switch (issue.code) {
    case "unrecognized_keys":
      return Object.keys(allowed.properties ?? {}).join(", ");
    case "invalid_union":
      return unknownName(issue);
    default:
      return issue.input === undefined
        ? `missing; expected ${expected(allowed)}`
        : `expected ${expected(allowed)}, found ${describe(issue.input)}${suggest(issue.input, allowed.enum)}`;
  }
}

/** Of a choice by name, such as the laws: the names, and the nearest. */
function unknownName(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  const names = "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
  const role = issue.discriminator ?? "";
  const found = (issue.input as Record<string, unknown>)[role];
  const start = found === undefined ? "missing; " : `unknown ${role} ${describe(found)}${suggest(found, names)}, `;
  return `${start}expected one of ${names.join(", ")}`;
}

function suggest(found: unknown, names: readonly unknown[] | undefined): string {
  return typeof found === "string" && names !== undefined ? suggestion(found, names.map(String)) : "";
}

type Constraints = z.core.JSONSchema.BaseSchema;

const known = new WeakMap<object, Constraints>();

/** What a schema allows, as JSON Schema says it. */
function constraints(schema: z.core.$ZodType): Constraints {
  const found = known.get(schema) ?? z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  known.set(schema, found);
  return found;
}

/** What is allowed, in words: `a number > 0 and <= 1`. */
function expected(allowed: Constraints): string {
  switch (allowed.type) {
    case "number":
    case "integer":
      return `${allowed.type === "number" ? "a number" : "a whole number"}${range(allowed)}`;
    case "string":
      if (allowed.enum !== undefined) return `one of ${allowed.enum.join(", ")}`;
      if (allowed.maxLength === undefined) return "text";
      return `1 to ${allowed.maxLength} printable characters (no line breaks, control characters or direction overrides)`;
    case "boolean":
      return String(allowed.const);
    case "array":
      return `a list of ${allowed.minItems ?? 0}${allowed.maxItems === undefined ? " or more" : ` to ${allowed.maxItems}`}`;
    case "object":
      return `an object with ${Object.keys(allowed.properties ?? {}).join(", ")}`;
    default:
      return "an object that names its law";
  }
}

function range(allowed: Constraints): string {
  const bounds: string[] = [];
  const { exclusiveMinimum, minimum, exclusiveMaximum, maximum } = allowed;
  if (exclusiveMinimum !== undefined) bounds.push(`> ${exclusiveMinimum}`);
  else if (minimum !== undefined && minimum !== Number.MIN_SAFE_INTEGER) bounds.push(`>= ${minimum}`);
  if (exclusiveMaximum !== undefined) bounds.push(`< ${exclusiveMaximum}`);
  else if (maximum !== undefined && maximum !== Number.MAX_SAFE_INTEGER) bounds.push(`<= ${maximum}`);
  return bounds.length === 0 ? "" : ` ${bounds.join(" and ")}`;
}
