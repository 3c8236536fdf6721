import { compiledQuantileTables } from "./compiled-quantile-tables.ts";
import { plainQuantileTables } from "./plain-quantile-tables.ts";
import type { QuantileTables } from "./quantile-table.ts";

let tables: QuantileTables | undefined;

/** What makes them: itself made once, with what all tables share. */
export function quantileTables(): QuantileTables {
  return (tables ??= compiledQuantileTables() ?? plainQuantileTables());
}
