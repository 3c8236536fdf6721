import type { Output } from "@lossmill/core";
import { frozen, planOf, whyNot, withSupported } from "./book.ts";
import { bookNamed } from "./books.ts";
import { same } from "./mismatch.ts";
import { checkLosses } from "./record.ts";
import { RECORDS } from "./records.ts";
import type { Suite } from "./suite.ts";

const LEFT_OUT = ["maxOccurrence", "claims"] as const;

/** A plan that asks for totals alone has the totals that it has with all else, and its summaries say nothing of the rest. */
export function outputs({ test, skip, backend, run }: Suite): void {
  for (const record of RECORDS.losses) {
    const what = `totals alone, ${record.book}, level ${record.level}`;
    const whole = withSupported(planOf(bookNamed(record.book), record.level), backend.supports);
    const plan = frozen({ ...whole, outputs: whole.outputs.filter((output) => !isLeftOut(output)) });
    const reason = whyNot(plan, backend.supports);
    if (reason !== null) {
      skip(what, reason);
      continue;
    }
    test(what, async () => {
      const found = await run(plan);
      checkLosses(record, plan, found, backend.agreement);
      for (const output of LEFT_OUT) same(`trials of summary.${output}`, 0, found.summary?.[output].n ?? 0);
    });
  }
}

function isLeftOut(output: Output): boolean {
  return LEFT_OUT.some((one) => one === output);
}
