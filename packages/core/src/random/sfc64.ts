/**
 * SFC64 (C. Doty-Humphrey, PractRand, 2010: additions, shifts and a rotation of three words, with a counter so that no
 * cycle is shorter than 2^64), seeded as NumPy's `SFC64`, in plain JavaScript: for places that refuse WebAssembly, as
 * pcg64.ts. Half the time of that, 12 ns a uniform, for it multiplies nothing.
 */
import { type PlainGenerator, plainGenerator } from "./plain-generator.ts";

const PER_2_32 = 1 / 0x100000000;
/** Words that are drawn and not used when a stream starts. */
const DISCARDED = 12;

/** A generator in plain JavaScript, to be seeded before use. */
export function plainSfc64(): PlainGenerator {
  const seedWords = new Uint32Array(8);
  // a, b, c and the counter, each its low half first.
  const state = new Uint32Array(8);
  const word = new Uint32Array(2);

  function step(): void {
    const b0 = state[2];
    const b1 = state[3];
    const c0 = state[4];
    const c1 = state[5];
    const low = state[0] + b0 + state[6];
    // Stored modulo 2^32, as all that goes into the arrays is.
    word[0] = low;
    word[1] = state[1] + b1 + state[7] + Math.floor(low * PER_2_32);
    const counted = state[6] + 1;
    state[6] = counted;
    state[7] += Math.floor(counted * PER_2_32);
    // a = b ^ (b >> 11)
    state[0] = b0 ^ ((b0 >>> 11) | (b1 << 21));
    state[1] = b1 ^ (b1 >>> 11);
    // b = c + (c << 3)
    const shifted = c0 + ((c0 << 3) >>> 0);
    state[2] = shifted;
    state[3] = c1 + (((c1 << 3) | (c0 >>> 29)) >>> 0) + Math.floor(shifted * PER_2_32);
    // c = (c rotated left by 24) + word
    const turned = (((c0 << 24) | (c1 >>> 8)) >>> 0) + word[0];
    state[4] = turned;
    state[5] = (((c1 << 24) | (c0 >>> 8)) >>> 0) + word[1] + Math.floor(turned * PER_2_32);
  }

  function seed(): void {
    state.set(seedWords.subarray(0, 6));
    state[6] = 1;
    state[7] = 0;
    for (let i = 0; i < DISCARDED; i++) step();
  }

  return plainGenerator({ seedWords, seed, word, step });
}
