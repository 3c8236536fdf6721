/**
 * Owen's nested uniform scrambling in base 2 (A. B. Owen 1995, "Randomly permuted (t, m, s)-nets and (t, s)-sequences"): a
 * digit is flipped or not, as a random function of the digits before it. By hashing and not by a tree of random bits, as
 * S. Laine and T. Karras 2011, "Stratified sampling for stochastic transparency", section 3.1, found and B. Burley 2020,
 * "Practical hash-based Owen scrambling", JCGT 9(4), section 3, took up.
 */

/** The 32 bits of a word in the opposite order, as a signed number. */
export function reverseBits(word: number): number {
  let x = word;
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return (x >>> 16) | (x << 16);
}

/**
 * Scrambles a coordinate whose 32 digits are in opposite order, first digit in the lowest bit; the result is as well, as a
 * signed number. Sums and products carry from low bits to high ones only, so that a digit depends on those before it, and
 * each step is one-to-one: the factors of the xor'ed products are even, `factor` is odd.
 *
 * The constants and the order of steps are N. Vegdahl's ("Building a better LK hash", psychopath.io, 2021). There the odd
 * factor is made of the upper half of the addend; here it has bits of its own. So, over all addends, the sum is each of the
 * 2^32 words once whatever the factor, and so is what the later steps make of it: a scrambled coordinate is uniform, exactly.
 */
export function scrambleReversed(digits: number, addend: number, factor: number): number {
  let x = digits ^ Math.imul(digits, 0x3d20adea);
  x = Math.imul((x + addend) | 0, factor);
  x ^= Math.imul(x, 0x05526c56);
  return x ^ Math.imul(x, 0x53a22864);
}
