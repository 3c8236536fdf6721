// Where things are. The compiled plan lies in the imported memory as core's compiled-plan.ts says; the rest is this
// instance's own: constants in the memory's first page, and a region that the host got by growing the memory.

/** Claims that go through the passes at a time: whole words of five trials, and all arrays stay in the first-level cache. */
export const CHUNK: i32 = 640;
export const BLOCK_TRIALS: i32 = 4096;

/** A vector of two constants from the array `at` of doubles or words, from entry 2 · i on; loaded, because V8 builds a literal anew each time. */
// @ts-ignore: decorator
@inline
export function pair(at: usize, i: usize): v128 {
  return v128.load(at + (i << 4));
}

// The instance's region, in bytes from its start.
/** Uniforms, then tails, normals, logarithms, amounts and payments of a chunk. Two more than CHUNK: passes take pairs. */
export const CLAIMS: usize = 0;
/** Normals of a chunk, kept for the host to fill holes. */
export const NORMALS: usize = CLAIMS + 8 * <usize>(CHUNK + 16);
/** What rounding took off the logarithms of a chunk; from CLAIMS on counted. */
export const REST: usize = NORMALS + 8 * <usize>(CHUNK + 16);
/** Words or counts of a chunk of places. */
export const PLACES: usize = REST + 8 * <usize>(CHUNK + 16);
/** 16-bit trials: where the places of a chunk are. */
export const PICKED: usize = PLACES + 8 * <usize>(CHUNK + 16);
/** 16-bit trials: where the claims of a chunk are. */
export const TRIALS: usize = PICKED + 2 * <usize>(CHUNK + 32);
/** Pairs of total and largest claim, by trial. */
export const TALLY: usize = (TRIALS + 2 * <usize>(CHUNK + 32) + 63) & ~63;
/** 32-bit numbers of paying claims, by trial. */
export const PAYING: usize = TALLY + 16 * <usize>BLOCK_TRIALS;
/** The copy's sums, by trial; zero between copies. */
export const SUMS: usize = PAYING + 4 * <usize>BLOCK_TRIALS;
/** Results as the host takes them: total, largest claim, claims; then one policy's loss. */
export const OUT: usize = SUMS + 8 * <usize>BLOCK_TRIALS;
export const POLICY: usize = OUT + 24 * <usize>BLOCK_TRIALS;
/** The plan's lines: placement, copies, first stream, not used. */
export const LINES: usize = POLICY + 8 * <usize>BLOCK_TRIALS;
