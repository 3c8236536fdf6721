// Where things are. The compiled plan lies in the imported memory as core's compiled-plan.ts says. Instances share it, and
// the constants in its first page, which each writes anew when it starts; all that changes is in an instance's own
// region, which the host got by growing the memory.

/** Where this instance's region begins. */
export let region: usize = 0;

export function setRegion(at: usize): void {
  region = at;
}

/** Claims that go through the passes at a time: whole words of five trials, and all arrays stay in the first-level cache. */
export const CHUNK: i32 = 640;
export const BLOCK_TRIALS: i32 = 4096;

// The region, in bytes from its start.
/** Bytes before CLAIMS that `pcg64/tails` writes to. */
export const BEHIND: usize = 64;
/** Words, then tails, normals, logarithms, amounts and payments of a chunk. More than CHUNK: passes take pairs, and low halves are ahead. */
export const CLAIMS: usize = BEHIND;
/** Normals of a chunk, kept for the host to fill holes. */
export const NORMALS: usize = CLAIMS + 8 * <usize>(CHUNK + 16);
/** What rounding took off the logarithms of a chunk; from CLAIMS on counted. */
export const REST: usize = 16 * <usize>(CHUNK + 16);
/** Words or counts of a chunk of places. */
export const PLACES: usize = CLAIMS + REST + 8 * <usize>(CHUNK + 16);
/** 16-bit trials: where the places of a chunk are. */
export const PICKED: usize = PLACES + 8 * <usize>(CHUNK + 16);
/** 16-bit trials: where the claims of a chunk are. */
export const TRIALS: usize = PICKED + 2 * <usize>(CHUNK + 32);
/** Low halves of the states that words come from, so many bytes behind the words: of claims where their rests will be. */
export const LOWS: usize = REST;
/** Pairs of total and largest claim, by trial. */
export const TALLY: usize = (PLACES + LOWS + 8 * <usize>(CHUNK + 16) + 63) & ~63;
/** 32-bit numbers of paying claims, by trial. */
export const PAYING: usize = TALLY + 16 * <usize>BLOCK_TRIALS;
/** The copy's sums, by trial; zero between copies. */
export const SUMS: usize = PAYING + 4 * <usize>BLOCK_TRIALS;
/** Results as the host takes them: total, largest claim, claims; then one policy's loss. */
export const OUT: usize = SUMS + 8 * <usize>BLOCK_TRIALS;
export const POLICY: usize = OUT + 24 * <usize>BLOCK_TRIALS;
/** Streams of the copy in hand: counts and places; sizes of clusters, which come after all places; severities. */
export const COUNTING: usize = POLICY + 8 * <usize>BLOCK_TRIALS;
export const SIZING: usize = COUNTING + 32;
export const SEVERITIES: usize = SIZING + 32;
/** SeedSequence's pool of the seed, and that of the key last sought. */
export const SEED_POOL: usize = SEVERITIES + 32;
export const KEYED_POOL: usize = SEED_POOL + 16;
/** For each of three key words: four constants, then each times MULT_A. */
export const KEY_HASH: usize = KEYED_POOL + 16;
/** For each half of the result: four constants, then each times MULT_B. */
export const STATE_HASH: usize = KEY_HASH + 96;
/** 2^(j/512) less j · 2^43 in their bits; the host writes them. */
export const ROOTS: usize = STATE_HASH + 64;
/** The plan's lines: placement, copies, first stream, what is handed. Behind them the Poisson laws of those that are searched. */
export const LINES: usize = ROOTS + 8 * 512;

/** Where the host writes the roots and the plan's lines, and finds what it is asked about. */
export function rootsAt(): usize {
  return region + ROOTS;
}
export function linesAt(): usize {
  return region + LINES;
}
export function claimsAt(): usize {
  return region + CLAIMS;
}
export function normalsAt(): usize {
  return region + NORMALS;
}
/** The rests of a chunk are no longer needed when its holes are listed. */
export function holesAt(): usize {
  return region + CLAIMS + REST;
}
export function placesAt(): usize {
  return region + PLACES;
}
export function trialsAt(): usize {
  return region + TRIALS;
}
export function policyAt(): usize {
  return region + POLICY;
}
export function outAt(): usize {
  return region + OUT;
}
export function chunk(): i32 {
  return CHUNK;
}
