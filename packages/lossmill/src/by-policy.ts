import {
  BLOCK_TRIALS,
  type Figure,
  type Losses,
  type Moments,
  type Part,
  type Plan,
  existingMoments,
  meanFigure,
  mergeMoments,
  momentsFromNumbers,
  momentsOf,
  numbersOfMoments,
  sdFigure,
} from "@lossmill/core";
import { sumOf } from "@lossmill/core/math";

/** What a policy, all its copies together, loses in a year. Amounts in the portfolio's currency. */
export interface PolicyFigures {
  readonly id: string;
  readonly mean: Figure;
  readonly sd: Figure;
  /** Its part of the book's mean; null where that is 0. */
  readonly share: number | null;
}

/** Gathers figures by policy. */
export interface PolicyGatherer {
  /** The next block, in block order. */
  readonly add: (part: Part) => void;
  readonly figures: () => PolicyFigures[];
  /** The moments so far as numbers in a row: what goes on from them has the bits of what never stopped. */
  readonly save: () => Float64Array;
}

/** Gathers figures by policy of a plan whose outputs have it, in constant memory; on from what was saved, if anything was. */
export function policyFigures(plan: Plan, saved?: Float64Array): PolicyGatherer {
  const before = saved === undefined ? [] : momentsFromNumbers(saved);
  const moments: (Moments | undefined)[] = plan.lines.map((_, i) => before.at(i));
  return {
    add({ block, losses }) {
      const count = block.end - block.start;
      for (let i = 0; i < moments.length; i++) {
        const found = momentsOf(policyLosses(losses, i, count), count);
        const known = moments[i];
        moments[i] = known === undefined ? found : mergeMoments(known, found);
      }
    },
    figures() {
      const known = moments.filter((found) => found !== undefined);
      const all = sumOf(known, ({ mean }) => mean);
      return known.map((found, i) => {
        const line = plan.lines[i];
        const exists = existingMoments({ ...plan, lines: [line] });
        const share = all === 0 ? null : found.mean / all;
        return { id: line.id, mean: meanFigure(found, exists), sd: sdFigure(found, exists), share };
      });
    },
    save: () => numbersOfMoments(moments.filter((found) => found !== undefined)),
  };
}

/** A policy's losses of the first `count` trials of a block. */
export function policyLosses({ byPolicy }: Losses, line: number, count: number): Float64Array {
  return byPolicy!.subarray(line * BLOCK_TRIALS, line * BLOCK_TRIALS + count);
}
