/** Any number that mixes what it multiplies. */
const SPREAD = 0.618033988749895;

/**
 * One number more in a fingerprint: what has other fingerprints differs, and needs no texts to tell it. Two that differ may
 * have one fingerprint by chance.
 */
export function mix(value: number, rest: number): number {
  return value + SPREAD * rest;
}

/** The numbers that stand there more than once; NaN never does. */
export function repeatedValues(values: Float64Array): ReadonlySet<number> {
  const sorted = values.slice().sort();
  const repeated = new Set<number>();
  for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) repeated.add(sorted[i]);
  return repeated;
}
