/**
 * Sine, cosine and the angle of a point, from + − × ÷ alone. Arguments are reduced by π/2 in three parts (Cody & Waite
 * 1980, Software Manual for the Elementary Functions, chapter 8); on what is left Taylor series are short enough.
 */

/** π/2 to 33 bits, its next 33 bits and the rest: products with a whole number below 2^20 are exact. */
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;
const TWO_OVER_PI = 0.6366197723675814;

const PI = Math.PI;
const PI_LOW = 1.2246467991473532e-16;

/**
 * sin x; relative error below 2e-16 for |x| up to 1, absolute error below 2e-16 for |x| up to 1e6; up to 1e9, that of an
 * argument rounded in its last place. NaN where x is not finite.
 */
export function sin(x: number): number {
  if (Math.abs(x) < QUARTER_PI) return sinSeries(x, 0);
  return turned(x, 0);
}

/** cos x; absolute error below 2e-16 for |x| up to 1e6, as `sin`. */
export function cos(x: number): number {
  if (Math.abs(x) < QUARTER_PI) return cosSeries(x, 0);
  return turned(x, 1);
}

const QUARTER_PI = 0.7853981633974483;

/** sin(x + turns · π/2). */
function turned(x: number, turns: number): number {
  const k = Math.round(x * TWO_OVER_PI);
  const first = x - k * HALF_PI_1;
  const second = k * HALF_PI_2;
  const r = first - second;
  const low = first - r - second - k * HALF_PI_3;
  const quadrant = (k + turns) % 4;
  const size = quadrant % 2 === 0 ? sinSeries(r, low) : cosSeries(r, low);
  return quadrant === 2 || quadrant === 3 || quadrant === -1 || quadrant === -2 ? -size : size;
}

/** sin(r + low) for |r| <= π/4; the first term left out is below 2^-60. */
function sinSeries(r: number, low: number): number {
  const z = r * r;
  const high = 1 / 362880 - z * (1 / 39916800 - z * (1 / 6227020800 - z * (1 / 1307674368000 - z / 355687428096000)));
  const rest = 1 / 6 - z * (1 / 120 - z * (1 / 5040 - z * high));
  return r - (r * z * rest - low * (1 - 0.5 * z));
}

/** cos(r + low) for |r| <= π/4; the first term left out is below 2^-60. */
function cosSeries(r: number, low: number): number {
  const z = r * r;
  const high = 1 / 3628800 - z * (1 / 479001600 - z * (1 / 87178291200 - z / 20922789888000));
  const rest = z * z * (1 / 24 - z * (1 / 720 - z * (1 / 40320 - z * high)));
  const half = 0.5 * z;
  const start = 1 - half;
  return start + (1 - start - half + (rest - r * low));
}

const TAN_8TH = 0.41421356237309503;
const ATAN_8TH = 0.39269908169872414;
/** tan(π/16) and tan(3π/16): between them and beyond them another tangent is nearer. */
const TAN_16TH = 0.198912367379658;
const TAN_3_16THS = 0.6681786379192989;

/** The angle of the point (x, y) in (−π, π]; relative error below 3e-16. 0 for the origin. */
export function atan2(y: number, x: number): number {
  const a = Math.abs(y);
  const b = Math.abs(x);
  if (a === 0 && b === 0) return 0;
  const acute = a <= b ? atan(a, b) : QUARTER_PI * 2 - (atan(b, a) - PI_LOW / 2);
  const angle = x < 0 ? PI - (acute - PI_LOW) : acute;
  return y < 0 ? -angle : angle;
}

/** atan(a / b) for 0 <= a <= b. */
function atan(a: number, b: number): number {
  const t = a / b;
  if (t <= TAN_16TH) return atanSeries(t);
  if (t <= TAN_3_16THS) return ATAN_8TH + atanSeries((a - TAN_8TH * b) / (b + TAN_8TH * a));
  return QUARTER_PI + atanSeries((a - b) / (a + b));
}

/** atan t for |t| <= tan(π/16); the first term left out is below 2^-56 of the sum. */
function atanSeries(t: number): number {
  const z = t * t;
  const high = 1 / 13 - z * (1 / 15 - z * (1 / 17 - z * (1 / 19 - z * (1 / 21 - z / 23))));
  return t - t * z * (1 / 3 - z * (1 / 5 - z * (1 / 7 - z * (1 / 9 - z * (1 / 11 - z * high)))));
}
