import { type Bands, addUp } from "./bands.ts";
import type { Design } from "./design.ts";
import type { TailMeans } from "./tail-means.ts";

/** By band: Σ (d_g − n_g · mean)² of its tail over all groups, d_g being the sum of w · y over the n_g trials of group g. */
export function spreadsOf(design: Design, bands: Bands, tails: TailMeans): Float64Array {
  const { trials, run, isWrapped } = design.groups;
  const isPaired = run <= 2 && !isWrapped && trials % run === 0;
  return isPaired ? spreadsOfPairs(design, bands, tails) : spreadsOfGroups(design, bands, tails.means);
}

/**
 * Of groups of one trial, or of two each. The square of w · y + w' · y' is made of those of both, which are sums over tails
 * of either, and of twice their product, which is one over tails of the lower of both bands. The square of the mean is taken
 * off at the end: that costs digits only where single trials hardly differ.
 */
function spreadsOfPairs({ groups: { trials, run }, weights }: Design, bands: Bands, { means, squares }: TailMeans) {
  const sums = new Float64Array(3 * bands.count);
  if (weights !== null) addSquares(sums, weights, bands);
  if (run === 2) addProducts(sums, weights, bands);
  const spreads = new Float64Array(bands.count);
  addUp(sums, bands.rises, (k, _, second) => {
    const own = weights === null ? trials * squares[k] : 0;
    spreads[k] = own + second - run * trials * means[k] * means[k];
  });
  return spreads;
}

function addSquares(sums: Float64Array, weights: Float64Array, { of, values, bases }: Bands): void {
  for (let trial = 0; trial < of.length; trial++) {
    const row = 3 * of[trial];
    const square = weights[trial] * weights[trial];
    if (values === null) sums[row + 2] += square;
    else {
      const offset = values[trial] - bases[of[trial]];
      sums[row] += square;
      sums[row + 1] += square * offset;
      sums[row + 2] += square * offset * offset;
    }
  }
}

/** Those of each pair, twice. */
function addProducts(sums: Float64Array, weights: Float64Array | null, { of, values, bases }: Bands): void {
  for (let trial = 0; trial < of.length; trial += 2) {
    const band = Math.min(of[trial], of[trial + 1]);
    const product = weights === null ? 1 : weights[trial] * weights[trial + 1];
    if (values === null) sums[3 * band + 2] += 2 * product;
    else {
      const offset = values[trial] - bases[band];
      const other = values[trial + 1] - bases[band];
      sums[3 * band] += 2 * product;
      sums[3 * band + 1] += product * (offset + other);
      sums[3 * band + 2] += 2 * product * offset * other;
    }
  }
}

/** Of any groups: what is added up by band is closed group by group. */
function spreadsOfGroups({ groups, weights }: Design, { of, count, values, bases, rises }: Bands, means: Float64Array) {
  const { trials, run, isWrapped, sizeOf } = groups;
  const spreads = new Float64Array(count);
  // The squared sizes of groups by the highest band that they have a trial in.
  const met = new Float64Array(count);
  // By band: the sums of w and w · offset of one group, or of each where groups come again.
  const rows = new Float64Array(2 * count * (isWrapped ? groups.count : 1));

  function close(row: number, top: number, size: number): void {
    met[top] += size * size;
    let [weight, sum] = [0, 0];
    for (let k = top; k > 0; k--) {
      const at = row + 2 * k;
      sum += rises[k] * weight + rows[at + 1];
      weight += rows[at];
      rows[at] = 0;
      rows[at + 1] = 0;
      const centred = sum - size * means[k];
      spreads[k] += centred * centred;
    }
  }

  for (let start = 0, g = 0; start < trials; start += run, g++) {
    const end = Math.min(start + run, trials);
    if (g === groups.count) g = 0;
    const row = isWrapped ? 2 * count * g : 0;
    let top = 0;
    for (let trial = start; trial < end; trial++) {
      const band = of[trial];
      const weight = weights === null ? 1 : weights[trial];
      const at = row + 2 * band;
      rows[at] += weight;
      rows[at + 1] += values === null ? weight : weight * (values[trial] - bases[band]);
      if (band > top) top = band;
    }
    if (!isWrapped) close(0, top, end - start);
  }
  if (isWrapped) for (let g = 0; g < groups.count; g++) close(2 * count * g, count - 1, sizeOf(g));

  // Groups without a trial in a tail have −n_g · mean each.
  let squaredSizes = groups.squaredSizes;
  for (let k = count - 1; k > 0; k--) {
    squaredSizes -= met[k];
    spreads[k] += means[k] * means[k] * squaredSizes;
  }
  return spreads;
}
