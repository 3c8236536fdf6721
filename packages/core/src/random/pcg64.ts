/**
 * PCG64 (M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
 * Generation", 2014; the member XSL-RR 128/64), seeded and read as NumPy's `PCG64` and `Generator.random`, in plain
 * JavaScript. The generator that is normally used is the same one in WebAssembly (compiled-generator.ts), ten times as fast;
 * this one is for places that refuse WebAssembly.
 */

import { type PlainGenerator, plainGenerator } from "./plain-generator.ts";

// 128 bits are held as six limbs, five of 24 bits and one of 8: products of limbs are below 2^48, and a column of the
// long multiplication stays below 2^53 and so exact in a double. About 30 ns a draw; limbs of 32 bits, whose products
// need four multiplications each, took 36.
const LIMB = 0x1000000;
const PER_LIMB = 1 / LIMB;
// The multiplier 0x2360ed051fc65da44385df649fccf645 in limbs, low limb first.
const M0 = 0xccf645;
const M1 = 0xdf649f;
const M2 = 0xa44385;
const M3 = 0x1fc65d;
const M4 = 0x60ed05;
const M5 = 0x23;

/** Adds a 128-bit number, 32-bit words from low to high, to limbs; the limbs may take one bit more than their share. */
function addWords(limbs: Float64Array, w0: number, w1: number, w2: number, w3: number): void {
  limbs[0] += w0 & 0xffffff;
  limbs[1] += (w0 >>> 24) | ((w1 & 0xffff) << 8);
  limbs[2] += (w1 >>> 16) | ((w2 & 0xff) << 16);
  limbs[3] += w2 >>> 8;
  limbs[4] += w3 & 0xffffff;
  limbs[5] += w3 >>> 24;
}

/** state = state × multiplier + increment, modulo 2^128. */
function advance(state: Float64Array, increment: Float64Array): void {
  const s0 = state[0];
  const s1 = state[1];
  const s2 = state[2];
  const s3 = state[3];
  const s4 = state[4];
  let column = s0 * M0 + increment[0];
  let carry = Math.floor(column * PER_LIMB);
  state[0] = column - carry * LIMB;
  column = s0 * M1 + s1 * M0 + increment[1] + carry;
  carry = Math.floor(column * PER_LIMB);
  state[1] = column - carry * LIMB;
  column = s0 * M2 + s1 * M1 + s2 * M0 + increment[2] + carry;
  carry = Math.floor(column * PER_LIMB);
  state[2] = column - carry * LIMB;
  column = s0 * M3 + s1 * M2 + s2 * M1 + s3 * M0 + increment[3] + carry;
  carry = Math.floor(column * PER_LIMB);
  state[3] = column - carry * LIMB;
  column = s0 * M4 + s1 * M3 + s2 * M2 + s3 * M1 + s4 * M0 + increment[4] + carry;
  carry = Math.floor(column * PER_LIMB);
  state[4] = column - carry * LIMB;
  // Only the lowest 8 bits of the last column count, and `imul` keeps the lowest 32.
  const low = Math.imul(s0, M5) + Math.imul(s1, M4) + Math.imul(s2, M3) + Math.imul(s3, M2) + Math.imul(s4, M1);
  state[5] = (low + Math.imul(state[5], M0) + increment[5] + carry) & 0xff;
}

/** XSL-RR: the two halves of the state, xor'ed, then rotated right by the state's top six bits. */
function permute(state: Float64Array, word: Uint32Array): void {
  const s1 = state[1];
  const s2 = state[2];
  const s5 = state[5];
  const low = (state[0] | (s1 << 24)) ^ ((s2 >>> 16) | (state[3] << 8));
  const high = ((s1 >>> 8) | (s2 << 16)) ^ (state[4] | (s5 << 24));
  const swap = s5 >= 0x80;
  const a = swap ? high : low;
  const b = swap ? low : high;
  const by = (s5 >>> 2) & 31;
  // `<< 1` and then `<< 31 - by`: a shift by 32 − by would shift by 0 where `by` is 0.
  word[0] = (a >>> by) | ((b << 1) << (31 - by));
  word[1] = (b >>> by) | ((a << 1) << (31 - by));
}

/** A generator in plain JavaScript, to be seeded before use. */
export function plainPcg64(): PlainGenerator {
  const seedWords = new Uint32Array(8);
  const state = new Float64Array(6);
  const increment = new Float64Array(6);
  const word = new Uint32Array(2);

  function step(): void {
    advance(state, increment);
    permute(state, word);
  }

  function seed(): void {
    // Two 64-bit words are the initial state, high half first, and two the stream, of which 127 bits count: it is
    // doubled and made odd. The first step, from state 0, leaves the increment itself.
    const [s2, s3, s0, s1, i2, i3, i0, i1] = seedWords;
    increment.fill(0);
    addWords(increment, (i0 << 1) | 1, (i1 << 1) | (i0 >>> 31), (i2 << 1) | (i1 >>> 31), (i3 << 1) | (i2 >>> 31));
    state.set(increment);
    addWords(state, s0, s1, s2, s3);
    advance(state, increment);
  }

  return plainGenerator({ seedWords, seed, word, step });
}
