import type { CountLaw } from "../laws/law.ts";
import { AMOUNTS, COUNT, type CompiledPlan, type CountTableName, PLACES, SIZES, tableAt } from "./compiled-plan.ts";
import { lineLaws } from "./line-tables.ts";
import type { Plan } from "./plan.ts";

/**
 * Replaces `values[0 .. n)`, uniforms, by the counts that they stand for in table `table` (PLACES, SIZES or AMOUNTS) of plan line
 * `line`: the number of thresholds below each uniform. Returns the sum of the counts. A law that is too wide for a table
 * is inverted by search, to the same definition.
 */
export type CountLookup = (
  line: number,
  table: CountTableName,
  values: Float64Array,
  n: number,
) => number;

/** The count look-up of a compiled plan, shared by kernels that run in JavaScript. */
export function countLookup(plan: Plan, compiled: CompiledPlan): CountLookup {
  const { counts, thresholds, guide } = compiled;
  const searched = plan.lines.map((line, i): readonly [CountLaw | null, CountLaw | null] => {
    const isSearched = ([PLACES, SIZES] as const).map((table) => counts[tableAt(i, table) + COUNT.length] < 0);
    if (!isSearched[PLACES] && !isSearched[SIZES]) return [null, null];
    const { places, sizes } = lineLaws(line);
    return [isSearched[PLACES] ? places : null, isSearched[SIZES] ? sizes : null];
  });
  return (line, table, values, n) => {
    const law = table === AMOUNTS ? null : searched[line][table];
    let sum = 0;
    if (law) {
      for (let t = 0; t < n; t++) sum += values[t] = law.quantile(values[t], "lower");
      return sum;
    }
    const at = tableAt(line, table);
    const start = counts[at + COUNT.start];
    const end = start + counts[at + COUNT.length];
    const guideStart = counts[at + COUNT.guideStart];
    const guideLength = counts[at + COUNT.guideLength];
    for (let t = 0; t < n; t++) {
      const u = values[t];
      let k = start + guide[guideStart + Math.floor(u * guideLength)];
      while (k < end && thresholds[k] < u) k++;
      values[t] = k - start;
      // In whole numbers and here, where it waits for nothing: as a loop of its own the sum took a fifth of the time of
      // books with few claims (W2), because each addition of doubles waits for the one before.
      sum += k - start;
    }
    return sum;
  };
}
