import { readCsv } from "./csv.ts";
import type { PortfolioFormat } from "./format.ts";
import { checkSize, parseJsonPortfolio, portfolioOf } from "./json-portfolio.ts";
import { type Portfolio, checkBook } from "./portfolio.ts";
import { readYaml } from "./yaml.ts";

/**
 * Reads and checks a portfolio. `name` names it where the text does not: CSV never does. Throws LossmillError BAD_PORTFOLIO
 * with the place of each fault: line and column where the text is not of its format, else `policies[3].severity.sdlog`, in
 * CSV with row (the header is row 1) and column.
 */
export function parsePortfolio(text: string, format: PortfolioFormat, name: string): Portfolio {
  if (format === "json") return parseJsonPortfolio(text, name);
  checkSize(text);
  if (format === "yaml") return portfolioOf(readYaml(text), name);
  const { policies, locate } = readCsv(text);
  return checkBook({ name, policies }, locate);
}
