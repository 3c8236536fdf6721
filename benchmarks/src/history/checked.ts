import { readFileSync } from "node:fs";
import type { z } from "zod";
import { Stop } from "../command-line.ts";

/** The JSON file at `path`, checked. Throws Stop, code 2, with one line: the file, the place in it, and what is wrong there. */
export function checkedFile<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> {
  return checked(jsonOf(path), schema, path);
}

/** The same for a value that is to be called `path`. */
export function checked<Schema extends z.ZodType>(value: unknown, schema: Schema, path: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [first, ...others] = result.error.issues;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  throw new Stop(`${path}: ${placeOf(first.path)}${first.message}${more}`, 2);
}

function jsonOf(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Stop(`${path}: cannot be read: ${messageOf(error)}`, 2);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Stop(`${path}: is not JSON: ${messageOf(error)}`, 2);
  }
}

/** `races[0].entries[2].status: `; nothing for the whole. */
function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "";
  const steps = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`));
  return `${steps.join("").replace(/^\./, "")}: `;
}

function messageOf(error: unknown): string {
  return (error as Error).message.replaceAll("\n", " ");
}
