const LOWEST = -1074;
const HIGHEST = 1023;

const powers = new Float64Array(HIGHEST - LOWEST + 1);
for (let k = 0, power = 1; k <= HIGHEST; k++, power *= 2) powers[k - LOWEST] = power;
for (let k = 0, power = 1; k >= LOWEST; k--, power /= 2) powers[k - LOWEST] = power;

/** 2^k for a whole k from −1074 to 1023. A table, since a store to half a double stalls the load of the whole. */
export function powerOfTwo(k: number): number {
  return powers[k - LOWEST];
}

const value = new Float64Array([-1]);
const words = new Int32Array(value.buffer);
/** Where the sign and exponent lie: the upper word is the one of −1 that is not zero, whatever the byte order. */
const UPPER = Number(words[1] !== 0);
/** 0x3ff00000 less the upper word of √½: added to a word, it moves the step between exponents from 1 to √½. */
const CENTRE = 0x3ff00000 - 0x3fe6a09e;

/** The whole k with x = m · 2^k and m in [√½, √2), for a positive, finite, normal x. */
export function exponentOf(x: number): number {
  value[0] = x;
  return ((words[UPPER] + CENTRE) >> 20) - 1023;
}
