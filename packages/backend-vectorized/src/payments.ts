import { TERM } from "@lossmill/core";
import { chunk } from "./amounts.ts";
import type { Pass, Work } from "./work.ts";

// amounts.ts tells why this is a constant of the module.
const { claims } = chunk;

/** What makes of amounts what is paid for each claim before the insurer's share: step 1 of the order that docs/portfolio.md gives. */
export function paymentPasses(terms: Float64Array): readonly Pass[] {
  if (terms[TERM.deductible] === 0 && terms[TERM.attachment] === 0 && terms[TERM.limit] === Infinity) return [];
  return [terms[TERM.franchise] === 0 ? ordinary : franchise];
}

/**
 * The lesser of the two is Math.min's: as `positive < limit ? positive : limit` the middle one of the engine's compilers
 * boxed it, in half of all runs and for good, 190 kB a block.
 */
function ordinary(n: number, { terms }: Work): void {
  const deductible = terms[TERM.deductible];
  const attachment = terms[TERM.attachment];
  const limit = terms[TERM.limit];
  for (let i = 0; i < n; i++) {
    const excess = claims[i] - deductible - attachment;
    const positive = excess > 0 ? excess : 0;
    claims[i] = Math.min(positive, limit);
  }
}

function franchise(n: number, { terms }: Work): void {
  const deductible = terms[TERM.deductible];
  const attachment = terms[TERM.attachment];
  const limit = terms[TERM.limit];
  for (let i = 0; i < n; i++) {
    const x = claims[i];
    const excess = (x > deductible ? x : 0) - attachment;
    const positive = excess > 0 ? excess : 0;
    claims[i] = Math.min(positive, limit);
  }
}
