import { refuseAt } from "./faults.ts";
import { readJson } from "./json.ts";
import { type Portfolio, checkPortfolio } from "./portfolio.ts";
import { MOST_BYTES } from "./text.ts";

/** As `parsePortfolio`, of JSON, which needs no library. */
export function parseJsonPortfolio(text: string, name: string): Portfolio {
  checkSize(text);
  return portfolioOf(readJson(text), name);
}

/** The portfolio that a value is; `name` names it where the value does not. */
export function portfolioOf(value: unknown, name: string): Portfolio {
  return checkPortfolio(isObject(value) ? { name, ...value } : value);
}

/** Refuses a text that is too long: a character is at least a byte. */
export function checkSize(text: string): void {
  if (text.length > MOST_BYTES) refuseAt("portfolio", `expected at most ${MOST_BYTES} bytes (64 MiB)`);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
