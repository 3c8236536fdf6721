/**
 * A probability level is the decimal that a person wrote, not the double beside it: 0.995 is 995/1000, so that of 1,000
 * losses VaR takes the 995th, whichever way the double is rounded. All of this is exact, in integers.
 */
interface Decimal {
  /** p · 10^scale and 10^scale. */
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly scale: number;
}

/** The shortest decimal that reads back as p, for p in [0, 1]. */
function decimalOf(p: number): Decimal {
  const [mantissa, exponent = "0"] = String(p).split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  const scale = fraction.length - Number(exponent);
  return { numerator: BigInt(whole + fraction), denominator: powerOfTen(scale), scale };
}

function powerOfTen(exponent: number): bigint {
  return BigInt(`1${"0".repeat(exponent)}`);
}

/** The rank (from 1) of the p-quantile among n losses in ascending order: ⌈n·p⌉, but 1 for p = 0. p in [0, 1]. */
export function rankOf(n: number, p: number): number {
  const { numerator, denominator } = decimalOf(p);
  return Math.max(1, Number((BigInt(n) * numerator + denominator - 1n) / denominator));
}

/** n·(1 − p), the number of losses beyond the p-quantile with its fraction; rounded once. p in [0, 1]. */
export function tailSize(n: number, p: number): number {
  const { numerator, denominator, scale } = decimalOf(p);
  return Number(`${BigInt(n) * (denominator - numerator)}e-${scale}`);
}

/** 1 / (1 − p) in years, rounded once: 250 for 0.996. p in [0, 1). */
export function returnPeriodOf(p: number): number {
  const { numerator, denominator } = decimalOf(p);
  return Number(`${(denominator * powerOfTen(DIGITS)) / (denominator - numerator)}e-${DIGITS}`);
}

/** Digits kept after the point of a return period (1 or more) before it is rounded to a double of 17. */
const DIGITS = 25;
