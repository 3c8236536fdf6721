import type { CountLaw } from "../laws/law.ts";
import { TRIALS_PER_WORD } from "../random/generator.ts";
import { BLOCK_TRIALS } from "./block.ts";
import { drawnLaw, lineLaws } from "./line-tables.ts";
import type { Line } from "./plan.ts";

/**
 * The uniforms and words that a kernel is expected to draw for a line, over all its copies, in a block of which `trials`
 * are asked for. A scattered line draws the whole block.
 */
export function expectedDraws(line: Line, trials: number = BLOCK_TRIALS): number {
  return line.copies * drawsOfCopy(line, trials);
}

function drawsOfCopy(line: Line, trials: number): number {
  const { mean } = drawnLaw(line);
  if (line.placement === "perTrial") return trials * (1 + mean);
  const { places, sizes } = lineLaws(line);
  // A gap and a count a hit, and the gap that leaves the block.
  if (line.placement === "skip") return 1 + trials * (2 * places.survival(0) + mean);
  return 1 + expectedWords(places) + (sizes === null ? 0 : places.mean) + BLOCK_TRIALS * mean;
}

/** From this mean on, what E⌈C / 5⌉ differs by from its limit is below 1e-15: five equally likely remainders. */
const EVEN_FROM = 50;

/** More clusters than a Poisson law of that mean ever has. */
const MOST_CLUSTERS = 200;

/** E⌈C / 5⌉ for a Poisson C: the sum of P(C > 5 j) over j >= 0. */
function expectedWords(clusters: CountLaw): number {
  if (clusters.mean >= EVEN_FROM) return (clusters.mean + 2) / TRIALS_PER_WORD;
  let words = 0;
  for (let taken = 0; taken < MOST_CLUSTERS; taken += TRIALS_PER_WORD) words += clusters.survival(taken);
  return words;
}
