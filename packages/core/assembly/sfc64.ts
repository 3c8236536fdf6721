// SFC64 (C. Doty-Humphrey, PractRand, 2010), seeded as NumPy's `SFC64`, for every module that draws: core's own and
// backend-wasm's. Additions, shifts and a rotation: less than half of what PCG64's 128-bit product takes.

/** A stream: three words of state and a counter. */
@unmanaged
export class Sfc64 {
  a: u64;
  b: u64;
  c: u64;
  counter: u64;
}

/** Writes the stream's next `n` words from `at` on. Inlined, so that a profiler sees it where it is used. */
// @ts-ignore: decorator
@inline
export function words(stream: Sfc64, at: usize, n: i32): void {
  let a = stream.a;
  let b = stream.b;
  let c = stream.c;
  let counter = stream.counter;
  const end = at + ((<usize>n) << 3);
  for (; at < end; at += 8) {
    const word = a + b + counter;
    counter++;
    a = b ^ (b >> 11);
    b = c + (c << 3);
    c = rotl<u64>(c, 24) + word;
    store<u64>(at, word);
  }
  stream.a = a;
  stream.b = b;
  stream.c = c;
  stream.counter = counter;
}

/** Puts the stream `n` words further, one by one: it has no shorter way. */
export function discard(stream: Sfc64, n: u64): void {
  let a = stream.a;
  let b = stream.b;
  let c = stream.c;
  let counter = stream.counter;
  for (; n > 0; n--) {
    const word = a + b + counter;
    counter++;
    a = b ^ (b >> 11);
    b = c + (c << 3);
    c = rotl<u64>(c, 24) + word;
  }
  stream.a = a;
  stream.b = b;
  stream.c = c;
  stream.counter = counter;
}

/** Starts the stream from three words of SeedSequence's; the first twelve that it makes are not used. */
export function start(stream: Sfc64, a: u64, b: u64, c: u64): void {
  stream.a = a;
  stream.b = b;
  stream.c = c;
  stream.counter = 1;
  discard(stream, 12);
}
