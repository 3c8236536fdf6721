import { type Severity, type SeveritySpec, severity } from "@lossmill/core";
import type { Amount } from "./amount.ts";
import type { RawMoments } from "./moments.ts";
import { integral } from "./quadrature.ts";
import type { Terms } from "./terms.ts";
import { sumOf } from "@lossmill/core/math";

type Payment = Omit<Amount, "mean" | "second">;

/** A difference that keeps less than this of what it is taken from is replaced by an integral. */
const MOST_LOSS = 1e-4;
/** The tail beyond this part of its beginning is negligible for laws that fall faster than every power. */
const FAR = 1e-45;

/** E[Y^k] of what one claim pays before the share is taken: sums of atoms, closed forms, or integrals of the tail. */
export function claimMoments(spec: SeveritySpec, terms: Terms, payment: Payment): RawMoments {
  if (payment.isDiscrete) return discreteMoments(payment);
  const law = severity(spec);
  const start = terms.attachment + (terms.isFranchise ? 0 : terms.deductible);
  const threshold = Math.max(start, terms.deductible);
  const isLight = law.tailIndex === Infinity;
  // Light tails end, for these integrals, where they are negligible.
  const end = isLight ? law.quantile(FAR * law.survival(threshold), "upper") - start : Infinity;
  const breaks = [...payment.kinks, ...payment.atoms.map(({ at }) => at)];
  const tail = (k: number, to: number) => {
    return integral((y) => k * wholePower(y, k - 1) * payment.survival(y), 0, to, breaks);
  };
  const top = Math.min(payment.upper, terms.limit);
  if (top < Infinity) {
    const last = Math.min(top, end);
    return [boundedMean(payment, last, tail), tail(2, last), tail(3, last), tail(4, last)];
  }
  const mean = payment.limited(Infinity);
  const first = isLight && mean < MOST_LOSS * law.mean ? tail(1, end) : mean;
  const second = law.variance < Infinity ? secondBeyond(law, start, threshold) : Infinity;
  const isCancelled = isLight && second < MOST_LOSS * (law.variance + law.mean * law.mean);
  return [first, isCancelled ? tail(2, end) : second, isLight ? tail(3, end) : NaN, isLight ? tail(4, end) : NaN];
}

function discreteMoments({ atoms }: Payment): RawMoments {
  const moment = (k: number) => sumOf(atoms, ({ at, mass }) => mass * wholePower(at, k));
  return [moment(1), moment(2), moment(3), moment(4)];
}

function boundedMean(payment: Payment, top: number, tail: (k: number, to: number) => number): number {
  const mean = payment.limited(top);
  return mean < MOST_LOSS * top * payment.survival(0) ? tail(1, top) : mean;
}

/** E[(X − start)²; X > threshold] from the law's own moments, for a finite variance. */
function secondBeyond(law: Severity, start: number, threshold: number): number {
  const whole = law.variance + law.mean * law.mean;
  const probability = law.survival(threshold);
  const below = integral((x) => 2 * x * law.survival(x), 0, threshold, []);
  const second = whole - below + threshold * threshold * probability;
  const first = law.mean - law.limitedExpectedValue(threshold) + threshold * probability;
  return second - 2 * start * first + start * start * probability;
}

export function wholePower(x: number, k: number): number {
  let power = 1;
  for (let i = 0; i < k; i++) power *= x;
  return power;
}
