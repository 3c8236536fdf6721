// Streams of random words: of PCG64, or of SFC64 where the plan says so, started by NumPy's SeedSequence.
import { mixWord, stateWords, writeHashes } from "../../core/assembly/pcg64-steps";
import { discard, Sfc64, start as startSfc64, words as sfc64Words } from "../../core/assembly/sfc64";
import { KEY_HASH, KEYED_POOL, region, SEED_POOL, STATE_HASH } from "./layout";
import { advance as advancePcg64, FEW, Pcg64, start as startPcg64, tails as pcg64Tails, words as pcg64Words } from "./pcg64";
import { tails as tailsOfWords } from "./tails";

/** Where a stream's state lies: a Pcg64 or an Sfc64. */
export type Stream = usize;
/** Bytes of either. */
export const STREAM_BYTES: usize = 32;

let isSfc64: bool = false;

/** Writes the stream's next `n` words from `at` on; of PCG64's streams rounded up to an even number. */
export function words(stream: Stream, at: usize, n: i32): void {
  if (isSfc64) sfc64(stream, at, n);
  else pcg64Words(changetype<Pcg64>(stream), at, n);
}

function sfc64(stream: Stream, at: usize, n: i32): void {
  sfc64Words(changetype<Sfc64>(stream), at, n);
}

/** Writes the tails of the stream's next `n` words from `at` on, as `words`; what lies BEHIND bytes before is lost. */
// @ts-ignore: decorator
@inline
export function tails(stream: Stream, at: usize, n: i32, survival: f64): void {
  // SFC64's words leave the processor enough room for two loops after each other: in one they took as long.
  if (isSfc64 || n <= FEW) {
    words(stream, at, n);
    tailsOfWords(at, n, survival);
  } else {
    pcg64Tails(changetype<Pcg64>(stream), at, n, survival);
  }
}

/** Puts the stream `steps` words further. */
export function advance(stream: Stream, steps: u64): void {
  if (isSfc64) discard(changetype<Sfc64>(stream), steps);
  else advancePcg64(changetype<Pcg64>(stream), steps);
}

/** Takes the generator, the pool of a seed, four words, and the hash constant that comes after it. */
export function setSeed(usesSfc64: bool, w0: u32, w1: u32, w2: u32, w3: u32, constant: u32): void {
  isSfc64 = usesSfc64;
  const pool = region + SEED_POOL;
  store<u32>(pool, w0);
  store<u32>(pool, w1, 4);
  store<u32>(pool, w2, 8);
  store<u32>(pool, w3, 12);
  writeHashes(region + KEY_HASH, region + STATE_HASH, constant);
}

/** Mixes the words of a key that both its purposes share. */
export function seekKey(stream: u32, block: u32): void {
  const seeded = v128.load(region + SEED_POOL);
  v128.store(region + KEYED_POOL, mixWord(mixWord(seeded, stream, region + KEY_HASH), block, region + KEY_HASH + 32));
}

/** Puts the stream at the start of purpose `purpose` (0 counts and places, 1 severities) of the key last sought. */
export function seekPurpose(stream: Stream, purpose: u32): void {
  const pool = mixWord(v128.load(region + KEYED_POOL), purpose, region + KEY_HASH + 64);
  const first = stateWords(pool, region + STATE_HASH);
  const second = stateWords(pool, region + STATE_HASH + 32);
  if (isSfc64) {
    startSfc64(
      changetype<Sfc64>(stream),
      i64x2.extract_lane(first, 0),
      i64x2.extract_lane(first, 1),
      i64x2.extract_lane(second, 0),
    );
    return;
  }
  startPcg64(
    changetype<Pcg64>(stream),
    i64x2.extract_lane(first, 0),
    i64x2.extract_lane(first, 1),
    i64x2.extract_lane(second, 0),
    i64x2.extract_lane(second, 1),
  );
}
