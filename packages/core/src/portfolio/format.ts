import { refuseAt } from "./faults.ts";
import { quote } from "./shown.ts";

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
