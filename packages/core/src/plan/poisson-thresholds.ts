import { countLaw } from "../laws/counts/index.ts";
import { LARGEST_UNIFORM, onGrid } from "../laws/counts/numerics/uniform-grid.ts";
import { productError, sumError } from "../math/rounding-error.ts";

/** The mean from which on P(N > 256) is above 2^-52, so that the law has no table of 256 thresholds. */
export const NO_TABLE_FROM = 150;
/** The mean up to which it surely has one: P(N > 256) is below 1e-21. */
const TABLE_UP_TO = 128;
/** The longest table of the number of a block's clusters, of which a block draws one: a longer one would not repay itself. */
export const MOST_BLOCK_THRESHOLDS = 256;

/** What the masses may leave out, 2^-72, as `completeLaw` has it. */
const REST = 2.117582368135751e-22;
/** With a mean up to 128 the masses beyond 2^-72 end before 300. */
const MOST_MASSES = 512;
const high = new Float64Array(MOST_MASSES);
const low = new Float64Array(MOST_MASSES);

/**
 * Writes the thresholds of the Poisson law of mean `lambda` to `out`, which has room for 256; returns how many, −1 where
 * there are more. Bit for bit the law's own: masses from the mode in two doubles, their sums divided by the sum of all.
 * A plan may have ten thousand such tables: written out, without an object or an array, one takes 1.5 µs, not 4 to 6.
 */
export function writePoissonThresholds(lambda: number, out: Float64Array): number {
  if (lambda >= NO_TABLE_FROM) return -1;
  if (lambda > 0 && lambda <= TABLE_UP_TO) return writeThresholds(writeMasses(lambda), out);
  const thresholds = countLaw({ law: "poisson", lambda }).thresholds(MOST_BLOCK_THRESHOLDS);
  if (thresholds === null) return -1;
  out.set(thresholds);
  return thresholds.length;
}

/** The masses of 0, 1, … relative to that of the mode; returns their number. */
function writeMasses(lambda: number): number {
  const mode = Math.floor(lambda - 1) + 1;
  high[mode] = 1;
  low[mode] = 0;
  for (let k = mode; k > 0; k--) writeBefore(k, lambda);
  let sum = mode > 0 ? 1 : 0;
  for (let k = mode + 1; ; k++) {
    writeAfter(k, lambda);
    const mass = high[k];
    sum += mass;
    // What remains falls at least as fast as the last two masses.
    if (mass <= REST * sum && mass <= REST * sum * (1 - mass / high[k - 1])) return k + 1;
  }
}

/** p(k − 1) = p(k) · k / lambda. */
function writeBefore(k: number, lambda: number): void {
  const product = high[k] * k;
  const productRest = productError(high[k], k, product) + low[k] * k;
  const top = product + productRest;
  const topLow = productRest - (top - product);
  writeQuotient(k - 1, top, topLow, lambda);
}

/** p(k) = p(k − 1) · lambda / k. */
function writeAfter(k: number, lambda: number): void {
  const product = high[k - 1] * lambda;
  const productLow = productError(high[k - 1], lambda, product) + low[k - 1] * lambda;
  writeQuotient(k, product, productLow, k);
}

function writeQuotient(at: number, top: number, topLow: number, divisor: number): void {
  const quotient = top / divisor;
  const back = quotient * divisor;
  const rest = (top - back - productError(quotient, divisor, back) + topLow) / divisor;
  const mass = quotient + rest;
  high[at] = mass;
  low[at] = rest - (mass - quotient);
}

/** F(0), F(1), … up to the last one below 1 − 2^-53, rounded to uniforms; returns their number. */
function writeThresholds(masses: number, out: Float64Array): number {
  let total = 0;
  let totalLow = 0;
  for (let k = masses - 1; k >= 0; k--) {
    const sum = total + high[k];
    const rest = sumError(total, high[k], sum) + (totalLow + low[k]);
    total = sum + rest;
    totalLow = rest - (total - sum);
  }
  let sum = 0;
  let sumLow = 0;
  for (let k = 0; k < masses; k++) {
    const next = sum + high[k];
    sumLow += sumError(sum, high[k], next) + low[k];
    sum = next;
    const share = sum / total;
    const back = share * total;
    const rest = sum - back - productError(share, total, back) + (sumLow - share * totalLow);
    const nearest = share + rest / total;
    const threshold = onGrid(nearest, rest / total - (nearest - share));
    if (threshold >= LARGEST_UNIFORM) return k;
    out[k] = threshold;
  }
  return masses;
}
