/** Of a double's two words, the index of the one with sign and exponent, whatever the byte order. */
export const UPPER = Number(new Int32Array(Float64Array.of(-1).buffer)[1] !== 0);

const value = new Float64Array(1);
const words = new Int32Array(value.buffer);

/** The double of two words. */
export function doubleOf(upper: number, lower: number): number {
  words[UPPER] = upper;
  words[1 - UPPER] = lower;
  return value[0];
}

const bits = new BigInt64Array(value.buffer);

/** The largest double below a number above −Infinity; no NaN. */
export function doubleBelow(x: number): number {
  if (x === 0) return -Number.MIN_VALUE;
  value[0] = x;
  bits[0] += x > 0 ? -1n : 1n;
  return value[0];
}
