import { parseSeed } from "../random/seed-sequence.ts";

const MASK = 0x9e3779b97f4a7c15f39cc0605cedc834n;

/** The seed of a run's pilots: another one, so that what they find depends on none of the run's uniforms. */
export function pilotSeed(seed: string): string {
  parseSeed(seed);
  return String(BigInt(seed) ^ MASK);
}
