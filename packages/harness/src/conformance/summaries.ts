import { type Plan, blockCount, mergeSummaries, type Summary } from "@lossmill/core";
import { summaryFault } from "../checks/summary-fault.ts";
import { bestPlan } from "./book.ts";
import { bookNamed } from "./books.ts";
import { same } from "./mismatch.ts";
import type { Suite } from "./suite.ts";

/** A part's summary is that of its own losses, the last, shorter block's too. */
export function summaries({ test, backend, simulator }: Suite): void {
  for (const name of ["4,097 trials", "one trial", "empty", "infinite variance"]) {
    test(name, async () => {
      const plan = bestPlan(bookNamed(name), backend.supports);
      const found: Summary[] = [];
      for await (const part of (await simulator()).simulate(plan)) {
        const fault = summaryFault(part, outputsOf(plan));
        if (fault !== null) throw new Error(fault);
        found[part.block.index] = part.summary;
      }
      let [whole] = found;
      for (const one of found.slice(1)) whole = mergeSummaries(whole, one);
      if (found.length > 0) same("trials of all summaries", plan.trials, whole.total.n);
      same("summaries", blockCount(plan.trials!), found.length);
    });
  }
}

function outputsOf({ outputs }: Plan) {
  return (["total", "maxOccurrence", "claims"] as const).filter((output) => outputs.includes(output));
}
