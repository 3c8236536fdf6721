import { sumOf } from "../math/fold.ts";
import { DIRECTION_BITS, OF_DEGREE } from "./direction-table.ts";

/** Dimensions that there are direction numbers for. */
export const MOST_DIMENSIONS = 1 + sumOf(OF_DEGREE);

/** Binary digits of a coordinate, and of the index of a point. */
export const DIGITS = 32;

/**
 * The direction integers v_1 … v_32 of all dimensions, dimension d at [32 d, 32 d + 32): the highest of 32 bits is the
 * first digit after the point. They are those of S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better
 * two-dimensional projections", SIAM J. Sci. Comput. 30 (2008), set new-joe-kuo-6.21201; dimension 0 is van der Corput's.
 */
export function directionIntegers(): Uint32Array {
  const all = new Uint32Array(MOST_DIMENSIONS * DIGITS);
  for (let j = 0; j < DIGITS; j++) all[j] = 0x80000000 >>> j;
  const take = bitReader(DIRECTION_BITS);
  let dimension = 1;
  for (const [i, many] of OF_DEGREE.entries()) {
    for (let k = 0; k < many; k++) fill(all.subarray(dimension * DIGITS, ++dimension * DIGITS), i + 1, take);
  }
  return all;
}

/** One dimension's, from its polynomial of degree `degree` and as many initial numbers: Joe and Kuo, section 2, (2.2). */
function fill(v: Uint32Array, degree: number, take: (width: number) => number): void {
  const polynomial = take(degree - 1);
  for (let j = 1; j <= degree; j++) v[j - 1] = (2 * take(j - 1) + 1) << (DIGITS - j);
  for (let j = degree; j < DIGITS; j++) {
    const first = v[j - degree];
    let next = first ^ (first >>> degree);
    for (let k = 1; k < degree; k++) {
      if (((polynomial >>> (degree - 1 - k)) & 1) === 1) next ^= v[j - k];
    }
    v[j] = next;
  }
}

/** Takes whole numbers out of base64, high bits first. */
function bitReader(base64: string): (width: number) => number {
  const bytes = atob(base64);
  let at = 0;
  return (width) => {
    let value = 0;
    for (let i = 0; i < width; i++, at++) value = 2 * value + ((bytes.charCodeAt(at >>> 3) >>> (7 - (at & 7))) & 1);
    return value;
  };
}
