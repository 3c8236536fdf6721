/** A number as its shortest decimal: digits · 10^−scale. */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

function decimalOf(x: number): Decimal {
  const [mantissa, exponent = "0"] = String(x).split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale < 0 ? { digits: digits * powerOfTen(-scale), scale: 0 } : { digits, scale };
}

function powerOfTen(exponent: number): bigint {
  return BigInt(`1${"0".repeat(exponent)}`);
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}

/** Products of decimals may carry the rounding of a double: a point that long is no multiple of anything. */
const ROUNDING = 1e-13;

/** `points` with those that are a rounding away from a shorter decimal replaced by it. */
function tidied(x: number): number {
  const short = Number(x.toPrecision(12));
  return Math.abs(short - x) <= ROUNDING * x ? short : x;
}

/**
 * The greatest step of which every point is a multiple, in decimals as people write them: of 100,000, 90,000 and 2,500.5
 * it is 0.5. Points that would need a step below `least` are left out, later ones first. Undefined where none is left.
 */
export function commonUnit(points: readonly number[], least: number): number | undefined {
  const all = points.filter((x) => x > 0 && x < Infinity).map((x) => decimalOf(tidied(x)));
  let unit: Decimal | undefined;
  for (const point of all) {
    const scale = Math.max(point.scale, unit?.scale ?? 0);
    const digits = point.digits * powerOfTen(scale - point.scale);
    const joined = unit === undefined ? digits : divisor(digits, unit.digits * powerOfTen(scale - unit.scale));
    if (Number(`${joined}e-${scale}`) >= least) unit = { digits: joined, scale };
  }
  return unit === undefined ? undefined : Number(`${unit.digits}e-${unit.scale}`);
}
