import { readCsv } from "./csv.ts";
import { refuseAt } from "./faults.ts";
import { readJson } from "./json.ts";
import { type Portfolio, checkBook, checkPortfolio } from "./portfolio.ts";
import { quote } from "./shown.ts";
import { MOST_BYTES } from "./text.ts";
import { readYaml } from "./yaml.ts";

/** How a portfolio is written down. */
export type PortfolioFormat = "yaml" | "json" | "csv";

const FORMAT_BY_ENDING: Readonly<Record<string, PortfolioFormat>> = {
  ".yaml": "yaml",
  ".yml": "yaml",
  ".json": "json",
  ".csv": "csv",
};

/** The format that a file's name promises by its ending. Throws LossmillError BAD_PORTFOLIO for any other ending. */
export function formatOf(fileName: string): PortfolioFormat {
  const ending = /\.[^.\\/]*$/.exec(fileName)?.[0].toLowerCase() ?? "";
  if (Object.hasOwn(FORMAT_BY_ENDING, ending)) return FORMAT_BY_ENDING[ending];
  return refuseAt(quote(fileName), `expected a name that ends in ${Object.keys(FORMAT_BY_ENDING).join(", ")}`);
}

/**
 * Reads and checks a portfolio. `name` names it where the text does not: CSV never does. Throws LossmillError BAD_PORTFOLIO
 * with the place of each fault: line and column where the text is not of its format, else `policies[3].severity.sdlog`, in
 * CSV with row (the header is row 1) and column.
 */
export function parsePortfolio(text: string, format: PortfolioFormat, name: string): Portfolio {
  // A character is at least a byte.
  if (text.length > MOST_BYTES) refuseAt("portfolio", `expected at most ${MOST_BYTES} bytes (64 MiB)`);
  if (format === "csv") {
    const { policies, locate } = readCsv(text);
    return checkBook({ name, policies }, locate);
  }
  const value = format === "json" ? readJson(text) : readYaml(text);
  return checkPortfolio(isObject(value) ? { name, ...value } : value);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
