import type { PortfolioFormat } from "./format.ts";
import { parseJsonPortfolio } from "./json-portfolio.ts";
import type { Portfolio } from "./portfolio.ts";

/** As `parsePortfolio`, but loads the libraries for YAML and CSV only where the text is of such a format. */
export async function loadPortfolio(text: string, format: PortfolioFormat, name: string): Promise<Portfolio> {
  if (format === "json") return parseJsonPortfolio(text, name);
  const { parsePortfolio } = await import("./parse-portfolio.ts");
  return parsePortfolio(text, format, name);
}
