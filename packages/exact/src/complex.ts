import { atan2, cos, exp, expm1, log, log1p, sin } from "@lossmill/core/math";

/** A complex number as a place to write to: [real part, imaginary part]. Hot loops reuse one. */
export type Complex = Float64Array;

export function complex(): Complex {
  return new Float64Array(2);
}

/** log(1 + w), accurate to its last digits also for a tiny w; −Infinity at w = −1. The angle is in (−π, π]. */
export function logOnePlus(re: number, im: number, out: Complex): void {
  // |1 + w|² − 1, which does not cancel where w is small.
  const excess = re * (2 + re) + im * im;
  const real = 1 + re;
  out[0] = 0.5 * (excess > -0.5 ? log1p(excess) : log(real * real + im * im));
  out[1] = atan2(im, real);
}

/** e^w − 1, accurate to its last digits also for a tiny w. */
export function expLessOne(re: number, im: number, out: Complex): void {
  const half = sin(0.5 * im);
  out[0] = expm1(re) * cos(im) - 2 * half * half;
  out[1] = exp(re) * sin(im);
}

/** The square root with a real part >= 0. */
export function squareRoot(re: number, im: number, out: Complex): void {
  const size = Math.sqrt(re * re + im * im);
  const root = Math.sqrt(0.5 * (size + Math.abs(re)));
  if (root === 0) {
    out[0] = 0;
    out[1] = 0;
  } else if (re >= 0) {
    out[0] = root;
    out[1] = im / (2 * root);
  } else {
    out[0] = Math.abs(im) / (2 * root);
    out[1] = im < 0 ? -root : root;
  }
}
