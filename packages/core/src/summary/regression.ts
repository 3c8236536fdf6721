import { sum } from "../math/compensated-sum.ts";
import { sumOf } from "../math/fold.ts";
import { type Groups, groupSums } from "./groups.ts";

/**
 * What helps to know a figure better: one value a trial, and its known expectation under the law that the trials were
 * drawn from. Where trials have weights, the weight is a factor of the value already.
 */
export interface Control {
  readonly values: Float64Array;
  readonly mean: number;
}

/** What the controls say of a mean over all trials. */
export interface Fit {
  /** β · (mean of the controls − what it should be), less its bias: to be taken off the mean. */
  readonly shift: number;
  /** The standard error of what is left; NaN of a single group. */
  readonly se: number;
}

/** The regression of group sums on those of the controls. */
export interface Regression {
  /** Groups − 1 − controls. */
  readonly degrees: number;
  /** The controls in use. */
  readonly directions: readonly Direction[];
  /** What the jackknife adds of each group; null without controls, or where it is not asked for. */
  readonly jackknife: Jackknife | null;
  /** Of a mean over all trials: `sums` holds d_g by group. */
  fit(sums: Float64Array): Fit;
  /** As `fit`, from Σ d_g² and, for each direction and for the jackknife, Σ d_g · sums[g]. */
  conclude(squares: number, slopes: readonly number[], leftOut: number): Fit;
}

/** Fewer groups than this for each control, and it costs more than it is worth. */
const GROUPS_PER_CONTROL = 10;
/** Below this share of the squares of its values a control's sums are rounding: mirrored pairs may add up to a constant. */
const CONSTANT = 1e-20;
/** A control of which the ones before leave no more than this share of its variance says nothing new. */
const COLLINEAR = 1e-10;

/** A factor of each group's sum. */
export interface GroupFactors {
  readonly sums: Float64Array;
  /** Σ n_g · sums[g]: 0 but for rounding where groups are of one size. */
  readonly bySize: number;
}

/** What leaving a group out does. */
export interface Jackknife extends GroupFactors {
  /** G a_g / (1 − h_g): by how much of its residual the sum of all groups changes. */
  readonly influences: Float64Array;
}

/** A control made orthogonal to those before it and of length 1 over the groups, with its mean's distance changed alike. */
export interface Direction extends GroupFactors {
  readonly gap: number;
}

/**
 * Least squares over groups. With d_g the sum over group g of (value − mean over all trials) and c_gj that of control j, β
 * minimises Σ (d_g − Σ_j β_j c_gj)²; the estimate is mean − β · gap with gap the distance of the controls' means from what
 * they should be, and its error
 *
 *     se² = G / n² · Σ residual² / (G − 1 − k) · (1 + G · gapᵀ A⁻¹ gap),   A_ij = Σ c_gi c_gj, gap in sums of a group
 *
 * (Lavenberg and Welch 1981, A perspective on the use of control variables, Management Science 27, section 3: Student's t
 * with G − 1 − k degrees of freedom, exact for jointly normal sums of groups of equal size). Groups of other sizes weigh
 * by them, as in the ratio estimate of cluster samples (Cochran 1977, Sampling Techniques, section 9A.1).
 *
 * β is estimated from the groups that it is used on, which leaves a bias of order 1/G: of tails, where what is far out decides β,
 * an eighth of an error. The jackknife takes it away (Miller 1974, The jackknife: a review, Biometrika 61, section 2.1): with the
 * estimate θ₋g of all groups but g, θ + (G − 1) · mean(θ − θ₋g). A regression knows all of them without being done again
 * (Cook and Weisberg 1982, Residuals and Influence in Regression, section 2.2.1): θ − θ₋g = a_g residual_g / (1 − h_g), the
 * leverage h_g = 1/G + Σ_j c_gj² and a_g = 1/G − Σ_j gap_j c_gj in controls that are orthogonal and of length 1. As Σ a_g
 * residual_g is 0, 1 / (1 − h_g) in their sum may as well be h_g / (1 − h_g). Its error is then √Σ (θ − θ₋g)², which residuals
 * that grow with the controls do not make too small as they do the one above (MacKinnon and White 1985, Some
 * heteroskedasticity-consistent covariance matrix estimators with improved finite sample properties, Journal of
 * Econometrics 29, the third).
 *
 * Controls are taken in their order, one for ten groups at most; what is constant over groups, or known from those before,
 * is left out. 8 bytes a group for each.
 */
export function regression(groups: Groups, controls: readonly Control[], isJackknifed = true): Regression {
  const directions: Direction[] = [];
  const most = Math.floor(groups.count / GROUPS_PER_CONTROL);
  for (const control of controls) {
    if (directions.length === most) break;
    const direction = directionOf(groups, control, directions);
    if (direction !== null) directions.push(direction);
  }
  const degrees = groups.count - 1 - directions.length;
  const jackknife = isJackknifed && directions.length > 0 ? jackknifeOf(groups, directions) : null;
  // What the directions themselves have of the jackknife's factors.
  const along = directions.map(({ sums }) => (jackknife === null ? 0 : dot(jackknife.sums, sums)));
  const conclude = (squares: number, slopes: readonly number[], leftOut: number) => {
    const ofResiduals = leftOut - sumOf(slopes, (slope, j) => slope * along[j]);
    return conclusionOf(groups, directions, degrees, squares, slopes, ofResiduals);
  };
  return {
    degrees,
    directions,
    jackknife,
    conclude,
    fit(sums) {
      const slopes = directions.map((direction) => dot(direction.sums, sums));
      if (jackknife === null) return conclude(dot(sums, sums), slopes, 0);
      const { shift } = conclude(dot(sums, sums), slopes, dot(jackknife.sums, sums));
      return { shift, se: Math.sqrt(squaredInfluences(jackknife, directions, sums, slopes)) / groups.trials };
    },
  };
}

/** Leverages nearer to 1 belong to groups that a direction is made of alone, and their residual is rounding. */
const ALONE = 1e-9;

function jackknifeOf(groups: Groups, directions: readonly Direction[]): Jackknife {
  const { count } = groups;
  const sums = new Float64Array(count);
  const influences = new Float64Array(count);
  let bySize = 0;
  for (let g = 0; g < count; g++) {
    let leverage = 1 / count;
    let influence = 1;
    for (const { sums: of, gap } of directions) {
      leverage += of[g] * of[g];
      influence -= count * of[g] * gap;
    }
    if (1 - leverage > ALONE) influences[g] = influence / (1 - leverage);
    sums[g] = ((count - 1) / count / count) * influences[g] * leverage;
    bySize += groups.sizeOf(g) * sums[g];
  }
  return { sums, bySize, influences };
}

/** Σ (influence · residual)² over groups. */
function squaredInfluences(
  { influences }: Jackknife,
  directions: readonly Direction[],
  sums: Float64Array,
  slopes: readonly number[],
): number {
  let squares = 0;
  for (let g = 0; g < sums.length; g++) {
    let left = sums[g];
    for (let j = 0; j < directions.length; j++) left -= slopes[j] * directions[j].sums[g];
    squares += influences[g] * left * (influences[g] * left);
  }
  return squares;
}

/** What a control adds to those before it; null where that is nothing. Gram and Schmidt, modified. */
function directionOf(groups: Groups, { values, mean: known }: Control, before: readonly Direction[]): Direction | null {
  const mean = sum(values) / groups.trials;
  const sums = groupSums(groups, values, mean);
  let gap = ((mean - known) * groups.trials) / groups.count;
  const length = dot(sums, sums);
  if (!(length > CONSTANT * dot(values, values))) return null;
  for (const other of before) {
    const along = dot(other.sums, sums);
    for (let g = 0; g < sums.length; g++) sums[g] -= along * other.sums[g];
    gap -= along * other.gap;
  }
  const left = dot(sums, sums);
  if (!(left > COLLINEAR * length)) return null;
  const scale = 1 / Math.sqrt(left);
  let bySize = 0;
  for (let g = 0; g < sums.length; g++) {
    sums[g] *= scale;
    bySize += groups.sizeOf(g) * sums[g];
  }
  return { sums, gap: gap * scale, bySize };
}

function conclusionOf(
  { trials, count: groups }: Groups,
  directions: readonly Direction[],
  degrees: number,
  squares: number,
  slopes: readonly number[],
  jackknifed: number,
): Fit {
  let left = squares;
  let shift = -jackknifed;
  let leverage = 0;
  for (let i = 0; i < directions.length; i++) {
    const { gap } = directions[i];
    left -= slopes[i] * slopes[i];
    shift += slopes[i] * gap;
    leverage += gap * gap;
  }
  const residual = degrees > 0 ? Math.max(0, left) / degrees : Number.NaN;
  return {
    shift: (shift * groups) / trials,
    se: (Math.sqrt(residual) * Math.sqrt(groups * (1 + groups * leverage))) / trials,
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  // Two sums side by side: a processor adds to one while it waits for the other.
  const even = a.length & ~1;
  let total = 0;
  let other = 0;
  for (let i = 0; i < even; i += 2) {
    total += a[i] * b[i];
    other += a[i + 1] * b[i + 1];
  }
  for (let i = even; i < a.length; i++) total += a[i] * b[i];
  return total + other;
}
