import type { Bands } from "./bands.ts";
import type { Design } from "./design.ts";
import { isSmall } from "./groups.ts";
import type { TailMeans } from "./tail-means.ts";

/** By band, of its tail: sums over groups of powers of what each of them does to the sum of all, as the jackknife has it. */
export interface TailInfluences {
  /** Null without a jackknife: then errors are those of the regression. */
  readonly squares: Float64Array | null;
  readonly cubes: Float64Array;
}

/**
 * By band: Σ (d_g − n_g · mean)³ of its tail over groups of one trial or two, as `spreadsOf` has d_g, less what controls say of groups
 * with a trial in the tail; what they say of the others is small beside it. With a jackknife each is multiplied by its
 * influence, and there are squares, too. `slopes` are those of the controls by direction and band. What skews the sums of
 * larger groups is not known from so few: then it is that of single trials.
 */
export function influencesOf(
  { groups, weights, regression: { directions, jackknife } }: Design,
  { of, count, values, bases }: Bands,
  { means }: TailMeans,
  slopes: readonly Float64Array[],
): TailInfluences {
  const { trials, run } = groups;
  const size = isSmall(run) ? run : 1;
  const heard = isSmall(run) ? directions : [];
  const cubes = new Float64Array(count);
  const squares = jackknife === null ? null : new Float64Array(count);
  // The cubes of groups' sizes, all of them and by the highest band that the group has a trial in.
  let others = Math.floor(trials / size) * size * size * size + (trials % size);
  const met = new Float64Array(count);
  for (let start = 0, g = 0; start < trials; start += size, g++) {
    const end = Math.min(start + size, trials);
    let top = of[start];
    for (let trial = start + 1; trial < end; trial++) top = Math.max(top, of[trial]);
    met[top] += (end - start) * (end - start) * (end - start);
    const influence = jackknife === null ? 1 : jackknife.influences[g];
    for (let k = squares === null ? top : count - 1; k > 0; k--) {
      let left = (start - end) * means[k];
      for (let j = 0; j < heard.length; j++) left -= slopes[j][k] * heard[j].sums[g];
      if (k <= top) {
        for (let trial = start; trial < end; trial++) {
          if (of[trial] < k) continue;
          const y = values === null ? 1 : values[trial] - bases[k];
          left += weights === null ? y : weights[trial] * y;
        }
        cubes[k] += influence * left * (influence * left) * (influence * left);
      }
      if (squares !== null) squares[k] += influence * left * (influence * left);
    }
  }
  for (let k = count - 1; k > 0; k--) {
    others -= met[k];
    cubes[k] -= others * means[k] * means[k] * means[k];
  }
  return { squares, cubes };
}
