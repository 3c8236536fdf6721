// Counts: the number of a table's thresholds below a uniform. core's count-lookup.ts is the definition.

/** One of a line's tables, as compiled-plan.ts lays it out: `length` −1 where the host searches instead. */
@unmanaged
export class Thresholds {
  start: i32;
  length: i32;
  guideStart: i32;
  guideLength: i32;
}

/** Where the plan's thresholds and guides begin. */
let thresholdsAt: usize = 0;
let guideAt: usize = 0;

export function setThresholds(thresholds: usize, guide: usize): void {
  thresholdsAt = thresholds;
  guideAt = guide;
}

/** How many of the table's thresholds are below u. */
export function countBelow(table: Thresholds, u: f64): i32 {
  const first = thresholdsAt + (<usize>table.start << 3);
  const end = first + (<usize>table.length << 3);
  const entry = <usize>(table.guideStart + i32(u * <f64>table.guideLength));
  let at = first + (<usize>load<u32>(guideAt + (entry << 2)) << 3);
  while (at < end && load<f64>(at) < u) at += 8;
  return i32((at - first) >> 3);
}

/** Uniforms to whole numbers, how many of the table's thresholds are below each; what a table is is looked up once. */
export function counts(at: usize, n: i32, table: Thresholds): void {
  const first = thresholdsAt + (<usize>table.start << 3);
  const last = first + (<usize>table.length << 3);
  const guide = guideAt + (<usize>table.guideStart << 2);
  const entries = <f64>table.guideLength;
  const end = at + (<usize>n << 3);
  for (; at < end; at += 8) {
    const u = load<f64>(at);
    let threshold = first + (<usize>load<u32>(guide + (<usize>u32(u * entries) << 2)) << 3);
    while (threshold < last && load<f64>(threshold) < u) threshold += 8;
    store<i64>(at, <i64>((threshold - first) >> 3));
  }
}

/** What a search has left, whole numbers as doubles, as whole numbers. */
export function searched(at: usize, n: i32): void {
  const end = at + (<usize>n << 3);
  for (; at < end; at += 8) store<i64>(at, <i64>load<f64>(at));
}

/** Uniforms to amounts of a law that has finitely many: amount number k, for k thresholds below the uniform. */
export function steps(at: usize, n: i32, table: Thresholds, amounts: usize): void {
  const end = at + (<usize>n << 3);
  for (; at < end; at += 8) store<f64>(at, load<f64>(amounts + (<usize>countBelow(table, load<f64>(at)) << 3)));
}
