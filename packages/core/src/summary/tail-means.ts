import { sumError } from "../math/rounding-error.ts";
import { type Bands, addUp } from "./bands.ts";
import type { Design } from "./design.ts";

/** So many trials are added up plainly, and these sums with the rounding errors beside them. */
const PART = 512;

/** By band, of its tail: the means over all trials of w · y and w · y², and how many trials it has. */
export interface TailMeans {
  readonly means: Float64Array;
  readonly squares: Float64Array;
  readonly counts: Int32Array;
}

export function meansOf(
  { groups: { trials }, weights }: Design,
  { of, count, values, bases, rises }: Bands,
): TailMeans {
  // By band: the sums of w, w · offset and w · offset²; only the second where offsets are all 1.
  const part = new Float64Array(3 * count);
  const sums = new Float64Array(3 * count);
  const errors = new Float64Array(3 * count);
  const counts = new Int32Array(count);
  for (let from = 0; from < trials; from += PART) {
    const end = Math.min(from + PART, trials);
    part.fill(0);
    for (let trial = from; trial < end; trial++) {
      const band = of[trial];
      const weight = weights === null ? 1 : weights[trial];
      counts[band]++;
      if (values === null) part[3 * band + 1] += weight;
      else {
        const offset = values[trial] - bases[band];
        part[3 * band] += weight;
        part[3 * band + 1] += weight * offset;
        part[3 * band + 2] += weight * offset * offset;
      }
    }
    for (let i = 3; i < sums.length; i++) {
      const next = sums[i] + part[i];
      errors[i] += sumError(sums[i], part[i], next);
      sums[i] = next;
    }
  }
  const means = new Float64Array(count);
  const squares = new Float64Array(count);
  for (let i = 3; i < sums.length; i++) sums[i] += errors[i];
  for (let k = count - 2; k > 0; k--) counts[k] += counts[k + 1];
  addUp(sums, rises, (k, first, second) => {
    means[k] = first / trials;
    squares[k] = (values === null ? first : second) / trials;
  });
  return { means, squares, counts };
}
