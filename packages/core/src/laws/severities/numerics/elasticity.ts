import { log } from "../../../math/log.ts";
import type { Elasticity } from "../../law.ts";
import type { SeriesScratch } from "../../series-scratch.ts";

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

  next(x: Float64Array, n: number, { first: reciprocal }: SeriesScratch): number {
    const polynomial = this.#linear * x[n] + (n === 0 ? this.#constant : 0);
    if (this.#inverse === 0) return polynomial;
    invert(x, reciprocal, n);
    return polynomial + this.#inverse * reciprocal[n];
  }
}

/** constant − factor · x / (origin + sign · x): of densities that are powers of x times powers of origin + sign · x. */
export class RationalElasticity implements Elasticity {
  readonly #constant: number;
  readonly #factor: number;
  readonly #origin: number;
  readonly #sign: 1 | -1;

  constructor(constant: number, factor: number, origin: number, sign: 1 | -1) {
    this.#constant = constant;
    this.#factor = factor;
    this.#origin = origin;
    this.#sign = sign;
  }

  next(x: Float64Array, n: number, { first: rest, second: reciprocal }: SeriesScratch): number {
    rest[n] = (n === 0 ? this.#origin : 0) + this.#sign * x[n];
    invert(rest, reciprocal, n);
    return (n === 0 ? this.#constant : 0) - this.#factor * productAt(x, reciprocal, n);
  }
}

/** −1 − (log x − meanlog) / sdlog², of a lognormal law. */
export class LognormalElasticity implements Elasticity {
  readonly #meanlog: number;
  readonly #variance: number;

  constructor(meanlog: number, sdlog: number) {
    this.#meanlog = meanlog;
    this.#variance = sdlog * sdlog;
  }

  next(x: Float64Array, n: number, { first: logs }: SeriesScratch): number {
    if (n === 0) {
      logs[0] = log(x[0]);
      return -1 - (logs[0] - this.#meanlog) / this.#variance;
    }
    // x (log x)′ = x′.
    let sum = n * x[n];
    for (let k = 1; k < n; k++) sum -= k * logs[k] * x[n - k];
    logs[n] = sum / (n * x[0]);
    return -logs[n] / this.#variance;
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

  next(x: Float64Array, n: number, scratch: SeriesScratch): number {
    const { first: score, second: product, third: square, fourth: reciprocal } = scratch;
    score[n] = (x[n] - (n === 0 ? this.#location : 0)) / this.#scale;
    product[n] = productAt(x, score, n);
    if (this.#df === Infinity) return -product[n] / this.#scale;
    square[n] = productAt(score, score, n) + (n === 0 ? this.#df : 0);
    invert(square, reciprocal, n);
    return -((this.#df + 1) / this.#scale) * productAt(product, reciprocal, n);
  }
}

/** A component of a mixture. */
export interface WeightedDensity {
  readonly weight: number;
  readonly density: (x: number) => number;
  readonly elasticity: Elasticity;
}

/** Σ f e / Σ f, where f are the weighted densities of a mixture's components, and e their elasticities. */
export class MixtureElasticity implements Elasticity {
  readonly #parts: readonly WeightedDensity[];

  constructor(parts: readonly WeightedDensity[]) {
    this.#parts = parts;
  }

  next(x: Float64Array, n: number, scratch: SeriesScratch): number {
    const { first: densities, second: found } = scratch;
    let density = 0;
    let sum = 0;
    for (let i = 0; i < this.#parts.length; i++) {
      const part = this.#parts[i];
      const own = scratch.part(i);
      const { first: f, second: e, third: slopes } = own;
      f[n] = n === 0 ? part.weight * part.density(x[0]) : densityAt(f, e, slopes, x, n);
      e[n] = part.elasticity.next(x, n, own.part(0));
      density += f[n];
      sum += productAt(f, e, n);
    }
    densities[n] = density;
    for (let k = 1; k <= n; k++) sum -= densities[k] * found[n - k];
    found[n] = sum / densities[0];
    return found[n];
  }
}

/** Coefficient n of the f with x f′ = e x′ f, from those before; writes coefficient n − 1 of e x′. */
function densityAt(f: Float64Array, e: Float64Array, slopes: Float64Array, x: Float64Array, n: number): number {
  let slope = 0;
  for (let j = 0; j < n; j++) slope += e[j] * (n - j) * x[n - j];
  slopes[n - 1] = slope;
  let sum = 0;
  for (let k = 0; k < n; k++) sum += slopes[k] * f[n - 1 - k];
  for (let k = 1; k < n; k++) sum -= x[k] * (n - k) * f[n - k];
  return sum / (n * x[0]);
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
