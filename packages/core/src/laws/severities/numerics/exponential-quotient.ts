import { expm1 } from "../../../math/exp.ts";
import { log1p } from "../../../math/log.ts";

/** (e^t − 1) / t, 1 at 0: the integral of e^(tx) over x in [0, 1], for any t up to +Infinity. */
export function expm1Quotient(t: number): number {
  return t === 0 ? 1 : expm1(t) / t;
}

/** The integral of e^(rate · x) over x in [0, length], for length in [0, Infinity] and any rate: no pole at rate 0. */
export function exponentialIntegral(rate: number, length: number): number {
  const t = rate * length;
  return Math.abs(t) < 1 ? length * expm1Quotient(t) : expm1(t) / rate;
}

/** log(1 + t) / t, 1 at 0, for t >= −1. */
export function log1pQuotient(t: number): number {
  return t === 0 ? 1 : log1p(t) / t;
}
