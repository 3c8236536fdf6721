import type { Tail } from "../laws/law.ts";
import { expPair } from "./exp.ts";
import { log } from "./log.ts";
import { polynomial } from "./polynomial.ts";
import { productError } from "./rounding-error.ts";

const SQRT_HALF = Math.sqrt(0.5);
const INVERSE_SQRT_2PI = 0.3989422804014327;
/** Beyond this, e^(−x²) and e^(−x²/2) are 0 in doubles. */
const UNDERFLOW = 40;

/**
 * (1 + 2x) e^(x²) erfc(x) on [0, ∞) as a polynomial in t = (x − 3.75) / (x + 3.75), the form of Shepherd and Laframboise
 * 1981 (Mathematics of Computation 36, 249); the coefficients are a Chebyshev interpolation at 50 digits, error 5e-18,
 * but for 1.2e-16 added to the third, which makes erfcx(0) exactly 1 and normalCdf(0) exactly 1/2.
 */
const SCALED = Float64Array.of(
  1.2375126308378275,
  -0.14024059858554702,
  0.0035854154854645494,
  0.08227673849015102,
  -0.10880393014174886,
  0.09230432116019834,
  -0.05869339858963677,
  0.0283622774215156,
  -0.009746579558029276,
  0.0017556258324217529,
  0.0002937136655913448,
  -0.00029015397928986765,
  5.164909889268241e-5,
  2.2383912036550678e-5,
  -1.1444146237700524e-5,
  -9.72849582211122e-7,
  1.751637648849062e-6,
  -5.826281078800777e-8,
  -2.5866850716155884e-7,
  2.4289762925488707e-8,
  3.8675334242222354e-8,
  -4.389284159986328e-9,
  -5.1739902140113095e-9,
  5.457157304704688e-10,
  4.2514714447963895e-10,
  -3.75315827795962e-11,
);

/** e^(x²) erfc(x), about 3 units in the last place for x >= 0. */
export function erfcx(x: number): number {
  if (x < 0) return 2 * expSquare(x, 1) - erfcx(-x);
  if (x === Infinity) return 0;
  return polynomial(SCALED, (x - 3.75) / (x + 3.75)) / (1 + 2 * x);
}

/** The complementary error function, about 4 units in the last place wherever it is a normal double. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  return x > UNDERFLOW ? 0 : erfcx(x) * expSquare(x, -1);
}

/** P(Z <= z) for a standard normal Z, accurate to its last digits in the lower tail. */
export function normalCdf(z: number): number {
  return normalSurvival(-z);
}

/** P(Z > z) for a standard normal Z, accurate to its last digits in the upper tail. */
export function normalSurvival(z: number): number {
  if (z < 0) return 1 - normalSurvival(-z);
  // e^(−z²/2) of the exact z, since the rounding of z/√2 would cost z² units in the last place.
  return z > UNDERFLOW ? 0 : 0.5 * erfcx(z * SQRT_HALF) * expSquare(z, -0.5);
}

/** The standard normal density. */
export function normalDensity(z: number): number {
  return Math.abs(z) > UNDERFLOW ? 0 : INVERSE_SQRT_2PI * expSquare(z, -0.5);
}

/** e^(factor · x²) with x² in two doubles, for a factor that is a power of 2. */
function expSquare(x: number, factor: number): number {
  const square = x * x;
  if (square > 1e6) return factor > 0 ? Infinity : 0;
  return expPair(factor * square, factor * productError(x, x, square));
}

/** Wichura 1988, algorithm AS 241 (PPND16), Applied Statistics 37, 477: numerators and denominators of three regions. */
const CENTRE_TOP = Float64Array.of(
  3.3871328727963665,
  133.14166789178438,
  1971.5909503065513,
  13731.69376550946,
  45921.95393154987,
  67265.7709270087,
  33430.57558358813,
  2509.0809287301227,
);
const CENTRE_BOTTOM = Float64Array.of(
  1,
  42.31333070160091,
  687.1870074920579,
  5394.196021424751,
  21213.794301586597,
  39307.89580009271,
  28729.085735721943,
  5226.495278852854,
);
const MIDDLE_TOP = Float64Array.of(
  1.4234371107496835,
  4.630337846156546,
  5.769497221460691,
  3.6478483247632045,
  1.2704582524523684,
  0.2417807251774506,
  0.022723844989269184,
  0.0007745450142783414,
);
const MIDDLE_BOTTOM = Float64Array.of(
  1,
  2.053191626637759,
  1.6763848301838038,
  0.6897673349851,
  0.14810397642748008,
  0.015198666563616457,
  0.0005475938084995345,
  1.0507500716444169e-9,
);
const FAR_TOP = Float64Array.of(
  6.657904643501103,
  5.463784911164114,
  1.7848265399172913,
  0.29656057182850487,
  0.026532189526576124,
  0.0012426609473880784,
  2.7115555687434876e-5,
  2.0103343992922881e-7,
);
const FAR_BOTTOM = Float64Array.of(
  1,
  0.599832206555888,
  0.1369298809227358,
  0.014875361290850615,
  0.0007868691311456133,
  1.8463183175100548e-5,
  1.421511758316446e-7,
  2.0442631033899397e-15,
);

/** The z with P(Z <= z) = p ("lower") or P(Z > z) = p ("upper"), for p in [0, 1]; relative error about 1e-15. */
export function normalQuantile(p: number, tail: Tail): number {
  const centred = p - 0.5;
  const z = Math.abs(centred) <= 0.425 ? centreQuantile(centred) : tailQuantile(p, centred);
  return tail === "lower" ? z : -z;
}

function centreQuantile(centred: number): number {
  const r = 0.180625 - centred * centred;
  return (centred * polynomial(CENTRE_TOP, r)) / polynomial(CENTRE_BOTTOM, r);
}

function tailQuantile(p: number, centred: number): number {
  const smaller = centred < 0 ? p : 1 - p;
  if (!(smaller > 0)) return smaller === 0 ? (centred < 0 ? -Infinity : Infinity) : NaN;
  const r = Math.sqrt(-log(smaller));
  const size =
    r <= 5
      ? polynomial(MIDDLE_TOP, r - 1.6) / polynomial(MIDDLE_BOTTOM, r - 1.6)
      : polynomial(FAR_TOP, r - 5) / polynomial(FAR_BOTTOM, r - 5);
  return centred < 0 ? -size : size;
}
