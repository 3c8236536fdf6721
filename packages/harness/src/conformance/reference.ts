import { type Backend, OPTIMIZATION_LEVELS, checkPortfolio, groundUpPlan, makePlan } from "@lossmill/core";
import { compareBackends } from "../agreement.ts";
import { agreementText } from "../verdict.ts";
import { THREE, frozen, runWhole, whyNot, withSupported } from "./book.ts";
import { generatedPolicies } from "./generated-policies.ts";
import { same } from "./mismatch.ts";
import { checkAmount } from "./record.ts";
import { sameBits } from "./same-bits.ts";
import type { Suite } from "./suite.ts";

/** Books a test: one that fails says which, and a whole run shows how far it has come. */
const BOOKS_A_TEST = 10;

/** Generated books, any law with any law under any terms, trial by trial against a backend that is right. */
export function againstReference(suite: Suite, reference: Backend, books: number): void {
  for (let first = 0; first < books; first += BOOKS_A_TEST) {
    const end = Math.min(first + BOOKS_A_TEST, books);
    suite.test(`generated books ${first} to ${end - 1}`, async () => {
      for (let index = first; index < end; index++) await compare(suite, reference, index);
    });
  }
}

/** Throws where the losses of a generated book differ by more than the two promise. */
async function compare({ backend, run }: Suite, reference: Backend, index: number): Promise<void> {
  const plan = planFor(backend, index);
  const place = `book ${index}, level ${plan.optimizationLevel}`;
  const [due, found] = [await runWhole(reference, plan), await run(plan)];
  same(`${place}: draws`, due.summary?.draws, found.summary?.draws);
  const promised = Math.max(backend.agreement, reference.agreement);
  if (promised === 0) {
    sameBits(place, due, found);
    return;
  }
  const groundUp = (await runWhole(reference, groundUpPlan(plan))).losses.total;
  const entry = compareBackends(plan.optimizationLevel, [reference, backend], [due.losses, found.losses], groundUp);
  if (!entry.passed) throw new Error(`${place}: ${agreementText(entry)}`);
  due.losses.byPolicy?.forEach((line, i) => {
    line.forEach((loss, t) => {
      const at = `${place}: byPolicy, line ${i}, trial ${t}`;
      checkAmount(at, loss, found.losses.byPolicy?.[i]?.[t] ?? NaN, promised * groundUp[t]);
    });
  });
}

/** Book `index` at one of the levels, or where the backend cannot, at its definition; some end in the second block. */
function planFor({ supports }: Backend, index: number) {
  const portfolio = checkPortfolio({ name: `generated ${index}`, policies: generatedPolicies(index) });
  const outputs = index % 3 === 0 ? ([...THREE, "byPolicy"] as const) : THREE;
  const options = { trials: index % 25 === 1 ? 4173 : 700, seed: String(index), outputs };
  const at = (level: (typeof OPTIMIZATION_LEVELS)[number]) =>
    withSupported(makePlan(portfolio, { ...options, optimizationLevel: level }), supports);
  const plan = at(OPTIMIZATION_LEVELS[index % 4]);
  return frozen(whyNot(plan, supports) === null ? plan : at(0));
}
