import { type BackendSettings, OPTIMIZATION_LEVELS } from "@lossmill/core";
import { type Book, bestPlan, planOf, runWhole, whyNot, withSupported } from "./book.ts";
import { bookNamed } from "./books.ts";
import { beginning, firstDifference, sameBits } from "./same-bits.ts";
import type { Suite } from "./suite.ts";

/** Less than a block at once in one thread, and more than one in more threads than most runs are given, none of them ahead. */
const TRIED: readonly Required<BackendSettings>[] = [
  { batchTrials: 1, workers: 1, windowBytes: 1e9 },
  { batchTrials: 5000, workers: 3, windowBytes: 1 },
];

/** Nothing but the plan changes an answer: no setting, no repetition, no other number of trials. */
export function knobs({ test, skip, backend, run }: Suite): void {
  const { supports } = backend;
  const book: Book = { ...bookNamed("policy by policy"), trials: 9000 };

  test("no setting changes a bit, be it a knob of this backend or not", async () => {
    const plan = bestPlan(book, supports);
    const due = await run(plan);
    for (const settings of TRIED) {
      sameBits(JSON.stringify(settings), due, await runWhole(backend, plan, settings));
    }
  });

  test("the same plan, again and read from its JSON, has the same bits; another seed has others", async () => {
    const plan = bestPlan(book, supports);
    const due = await run(plan);
    sameBits("again", due, await run(plan));
    sameBits("from JSON", due, await run(JSON.parse(JSON.stringify(plan)) as typeof plan));
    const other = await run({ ...plan, seed: "1" });
    if (firstDifference(due, other) === null) throw new Error("another seed: expected other losses, found the same");
  });

  for (const level of OPTIMIZATION_LEVELS) {
    const what = `a longer run begins with the trials of a shorter one, level ${level}`;
    const long = withSupported(planOf({ ...book, trials: 4097 }, level), supports);
    const why = whyNot(long, supports);
    if (why !== null) skip(what, why);
    else {
      test(what, async () => {
        const due = await run(long);
        for (const trials of [1, 4095, 4096]) {
          const found = await run({ ...long, trials });
          sameBits(`${trials} trials`, beginning(due, trials), beginning(found, trials));
        }
      });
    }
  }
}
