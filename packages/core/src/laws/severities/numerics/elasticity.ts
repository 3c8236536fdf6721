import type { Elasticity } from "../../law.ts";

/** The most coefficients that anyone asks for. */
const MOST_TERMS = 32;

// Of one series at a time.
const reciprocal = new Float64Array(MOST_TERMS);
const rest = new Float64Array(MOST_TERMS);
const score = new Float64Array(MOST_TERMS);
const product = new Float64Array(MOST_TERMS);
const square = new Float64Array(MOST_TERMS);

/** constant + linear · x + inverse / x: of densities that are powers of x times exponentials of x and 1 / x. */
export class LaurentElasticity implements Elasticity {
  readonly #constant: number;
  readonly #linear: number;
  readonly #inverse: number;

  constructor(constant: number, linear: number, inverse: number) {
    this.#constant = constant;
    this.#linear = linear;
    this.#inverse = inverse;
  }

  next(x: Float64Array, n: number): number {
    const polynomial = this.#linear * x[n] + (n === 0 ? this.#constant : 0);
    if (this.#inverse === 0) return polynomial;
    invert(x, reciprocal, n);
    return polynomial + this.#inverse * reciprocal[n];
  }
}

/** shape1 − 1 − (shape2 − 1) x / (scale − x), of a beta law. */
export class BetaElasticity implements Elasticity {
  readonly #shape1: number;
  readonly #shape2: number;
  readonly #scale: number;

  constructor(shape1: number, shape2: number, scale: number) {
    this.#shape1 = shape1;
    this.#shape2 = shape2;
    this.#scale = scale;
  }

  next(x: Float64Array, n: number): number {
    rest[n] = (n === 0 ? this.#scale : 0) - x[n];
    invert(rest, reciprocal, n);
    return (n === 0 ? this.#shape1 - 1 : 0) - (this.#shape2 - 1) * productAt(x, reciprocal, n);
  }
}

/** −x w / scale with w = (x − location) / scale, of a normal law, where `df` is infinite; of Student's t that times (df + 1) / (df + w²). */
export class SymmetricElasticity implements Elasticity {
  readonly #location: number;
  readonly #scale: number;
  readonly #df: number;

  constructor(location: number, scale: number, df: number) {
    this.#location = location;
    this.#scale = scale;
    this.#df = df;
  }

  next(x: Float64Array, n: number): number {
    score[n] = (x[n] - (n === 0 ? this.#location : 0)) / this.#scale;
    product[n] = productAt(x, score, n);
    if (this.#df === Infinity) return -product[n] / this.#scale;
    square[n] = productAt(score, score, n) + (n === 0 ? this.#df : 0);
    invert(square, reciprocal, n);
    return -((this.#df + 1) / this.#scale) * productAt(product, reciprocal, n);
  }
}

/** Coefficient n of the product of two series. */
function productAt(a: Float64Array, b: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i <= n; i++) sum += a[i] * b[n - i];
  return sum;
}

/** Writes coefficient n of 1 / a, of which those before are there. */
function invert(a: Float64Array, out: Float64Array, n: number): void {
  let sum = n === 0 ? 1 : 0;
  for (let i = 1; i <= n; i++) sum -= a[i] * out[n - i];
  out[n] = sum / a[0];
}
