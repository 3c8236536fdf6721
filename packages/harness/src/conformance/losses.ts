import type { Collected, Plan } from "@lossmill/core";
import { bookNamed } from "./books.ts";
import { planOf, withSupported } from "./book.ts";
import { mismatch } from "./mismatch.ts";
import { checkAmount, checkLosses } from "./record.ts";
import { RECORDS } from "./records.ts";
import type { Suite } from "./suite.ts";
import { sumOf } from "@lossmill/core/math";

/** The losses of each trial, and the number of uniforms drawn, are those of the definition. */
export function losses({ test, skip, backend, run }: Suite): void {
  const { supports, agreement } = backend;
  for (const record of RECORDS.losses) {
    const book = bookNamed(record.book);
    const what = `${record.book}, level ${record.level}`;
    const lacking = record.placements.find((one) => !supports.placements.includes(one));
    const isByPolicy = book.outputs?.includes("byPolicy") ?? false;
    if (lacking !== undefined) skip(what, `no placement ${lacking}`);
    else if (book.generator && !supports.generators?.includes(book.generator))
      skip(what, `no generator ${book.generator}`);
    else if (isByPolicy && !supports.outputs.includes("byPolicy")) skip(what, "no output byPolicy");
    else {
      test(what, async () => {
        const plan = withSupported(planOf(book, record.level), supports);
        const found = await run(plan);
        checkLosses(record, plan, found, agreement);
        if (isByPolicy) checkSums(plan, found);
        checkAmount("summary.draws", record.draws, found.summary?.draws ?? NaN, 0);
      });
    }
  }
}

/** Rounding of sums in another order. */
const ROUNDING = 1e-9;

/** The lines' losses of a trial add up to its total. */
function checkSums({ lines }: Plan, { losses: { total, byPolicy }, trials }: Collected): void {
  if (byPolicy?.length !== lines.length) throw mismatch("byPolicy", `${lines.length} lines`, byPolicy?.length);
  for (let t = 0; t < trials; t++) {
    const sum = sumOf(byPolicy, (line) => line[t]);
    checkAmount(`byPolicy, trial ${t}, all lines`, total[t], sum, ROUNDING * total[t]);
  }
}
