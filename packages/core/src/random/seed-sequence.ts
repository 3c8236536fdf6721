/**
 * NumPy's SeedSequence: a seed and a key, both of any size, hashed to the words that start a generator. The algorithm
 * is O'Neill's `seed_seq_fe` ("Developing a seed_seq Alternative", pcg-random.org, 2015) as numpy/random/bit_generator.pyx
 * has it: a pool of 32-bit words takes the seed, then the words of the key one after the other.
 */
import { LossmillError } from "../errors.ts";
import { fillFromSystem } from "./system-random.ts";

/** Words in the pool of a SeedSequence, and in a seed: 128 bits. */
export const POOL_SIZE = 4;

const INIT_A = 0x43b0d7e5;
const MULT_A = 0x931e8875;
const INIT_B = 0x8b51f9dd;
const MULT_B = 0x58f38ded;
const MIX_LEFT = 0xca01f9dd;
const MIX_RIGHT = 0x4973f715;

/** NumPy's `hashmix`; the constant that it is called with moves on by MULT_A from call to call. */
function hash(word: number, constant: number): number {
  const product = Math.imul(word ^ constant, Math.imul(constant, MULT_A));
  return product ^ (product >>> 16);
}

function mix(left: number, right: number): number {
  const difference = (Math.imul(MIX_LEFT, left) - Math.imul(MIX_RIGHT, right)) | 0;
  return difference ^ (difference >>> 16);
}

/**
 * Fills `pool` from up to as many words of entropy (low word first; missing words count as 0). Returns the hash constant
 * from which `mixWord` goes on. The pool depends on the seed alone, so a source computes it once.
 */
export function mixEntropy(pool: Uint32Array, entropy: ArrayLike<number>): number {
  let constant = INIT_A;
  for (let i = 0; i < pool.length; i++) {
    pool[i] = hash(entropy[i] ?? 0, constant);
    constant = Math.imul(constant, MULT_A);
  }
  for (let from = 0; from < pool.length; from++) {
    for (let to = 0; to < pool.length; to++) {
      if (from === to) continue;
      pool[to] = mix(pool[to], hash(pool[from], constant));
      constant = Math.imul(constant, MULT_A);
    }
  }
  return constant;
}

/** Mixes one more 32-bit word into the pool: a word of the spawn key. Returns the next hash constant. */
export function mixWord(pool: Uint32Array, constant: number, word: number): number {
  for (let to = 0; to < pool.length; to++) {
    pool[to] = mix(pool[to], hash(word, constant));
    constant = Math.imul(constant, MULT_A);
  }
  return constant;
}

/** NumPy's `generate_state`, 32-bit words; two of them, low word first, are one 64-bit word. */
export function generateState(pool: Uint32Array, out: Uint32Array): void {
  let constant = INIT_B;
  for (let i = 0; i < out.length; i++) {
    const word = pool[i % pool.length] ^ constant;
    constant = Math.imul(constant, MULT_B);
    const product = Math.imul(word, constant);
    out[i] = product ^ (product >>> 16);
  }
}

/**
 * The four 32-bit words, low word first, of a seed in decimal digits; leading zeros do not matter.
 * Throws BAD_CONFIGURATION at `seed` for anything but a whole number from 0 to 2^128 − 1.
 */
export function parseSeed(text: string): Uint32Array {
  // 2^128 has 39 digits: the pattern also keeps a text of a million digits from being turned into a number.
  const value = /^0*\d{1,39}$/.test(text) ? BigInt(text) : -1n;
  if (value < 0n || value >> 128n !== 0n) {
    const found = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
    const message = `${found} is not a whole number from 0 to 2^128 - 1 in decimal digits`;
    throw new LossmillError("BAD_CONFIGURATION", { place: "seed", message });
  }
  return Uint32Array.from({ length: POOL_SIZE }, (_, i) => Number((value >> BigInt(32 * i)) & 0xffffffffn));
}

/** A seed's pool, and the hash constant from which `mixWord` goes on. Throws BAD_CONFIGURATION for what is not a seed. */
export function seedPool(seed: string): { readonly pool: Uint32Array; readonly constant: number } {
  const pool = new Uint32Array(POOL_SIZE);
  const constant = mixEntropy(pool, parseSeed(seed));
  return { pool, constant };
}

/** A seed for a run that was not given one: 128 bits from the system's source of randomness, in decimal. */
export function drawSeed(): string {
  const words = new Uint32Array(POOL_SIZE);
  fillFromSystem(new Uint8Array(words.buffer));
  let seed = 0n;
  for (const word of words) seed = (seed << 32n) | BigInt(word);
  return seed.toString();
}
