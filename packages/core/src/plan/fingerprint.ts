/** Any number that mixes what it multiplies. */
const SPREAD = 0.618033988749895;

/**
 * One number more in a fingerprint: what has other fingerprints differs, and needs no texts to tell it. Two that differ may
 * have one fingerprint by chance.
 */
export function mix(value: number, rest: number): number {
  return value + SPREAD * rest;
}
