import { poissonCount } from "../laws/counts/poisson-search.ts";
import { MODE_FIELDS, writePoissonMode } from "../math/poisson-mode.ts";
import { COUNT, type CompiledPlan, type CountTableName, PLACES, tableAt } from "./compiled-plan.ts";
import { type LineLaws, clusterMean, lineLaws } from "./line-tables.ts";
import type { Plan } from "./plan.ts";

/**
 * Replaces `values[0 .. n)`, uniforms, by the counts that they stand for in table `table` (PLACES, SIZES or AMOUNTS) of plan line
 * `line`: the number of thresholds below each uniform. Returns the sum of the counts. A law that is too wide for a table
 * is inverted by search, to the same definition.
 */
export type CountLookup = (line: number, table: CountTableName, values: Float64Array, n: number) => number;

/**
 * What `writePoissonMode` writes for each line: of those whose number of a block's clusters is searched, and zeros of others.
 */
export function poissonModes({ lines }: Plan, { counts }: CompiledPlan): Float64Array {
  const modes = new Float64Array(MODE_FIELDS * lines.length);
  lines.forEach((line, i) => {
    const isSearched = counts[tableAt(i, PLACES) + COUNT.length] < 0;
    if (isSearched && line.placement === "scatter") writePoissonMode(clusterMean(line), modes, MODE_FIELDS * i);
  });
  return modes;
}

/** The count look-up of a compiled plan, shared by kernels. `modes` where they are at hand. */
export function countLookup(plan: Plan, compiled: CompiledPlan, modes = poissonModes(plan, compiled)): CountLookup {
  const { counts, thresholds, guide } = compiled;
  const isSearched = (line: number, table: CountTableName) => counts[tableAt(line, table) + COUNT.length] < 0;
  // Laws are made when they are first asked: a plan may have ten thousand.
  const laws: LineLaws[] = [];
  const search = (line: number, table: CountTableName, u: number): number => {
    const mode = MODE_FIELDS * line;
    if (table === PLACES && modes[mode] > 0) return poissonCount(modes, mode, u);
    const { places, sizes } = (laws[line] ??= lineLaws(plan.lines[line]));
    return (table === PLACES ? places : sizes!).quantile(u, "lower");
  };
  return (line, table, values, n) => {
    let sum = 0;
    if (isSearched(line, table)) {
      for (let t = 0; t < n; t++) sum += values[t] = search(line, table, values[t]);
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
