import { describe, expect, test } from "vitest";
import type { LossmillError } from "../../src/errors.ts";
import { type Grouping, groupSums, groupsOf } from "../../src/summary/groups.ts";

/** Sums by group, said plainly. */
function plainSums(groupOf: (trial: number) => number, count: number, values: Float64Array): number[] {
  const sums = Array.from({ length: count }, () => 0);
  for (let trial = 0; trial < values.length; trial++) sums[groupOf(trial)] += values[trial];
  return sums;
}

const cases: readonly (readonly [string, Grouping, number, number, (trial: number) => number])[] = [
  ["single trials", { size: 1 }, 10, 10, (t) => t],
  ["pairs", { size: 2 }, 10, 5, (t) => Math.floor(t / 2)],
  ["a shorter last group", { size: 4 }, 10, 3, (t) => Math.floor(t / 4)],
  ["fewer trials than a group has", { size: 128 }, 10, 1, () => 0],
  ["replicates", { replicates: 3 }, 8 * 4096 + 100, 3, (t) => Math.floor(t / 4096) % 3],
  ["replicates of whole blocks", { replicates: 4 }, 8 * 4096, 4, (t) => Math.floor(t / 4096) % 4],
  ["fewer blocks than replicates", { replicates: 16 }, 2 * 4096 + 1, 3, (t) => Math.floor(t / 4096)],
];

describe.each(cases)("%s", (_, grouping, trials, count, groupOf) => {
  const groups = groupsOf(grouping, trials);
  const values = Float64Array.from({ length: trials }, (_v, i) => 1 + (i % 7));

  test("are counted, with their sizes", () => {
    const sizes = plainSums(groupOf, count, new Float64Array(trials).fill(1));
    expect(groups.count).toBe(count);
    expect(sizes.map((_s, g) => groups.sizeOf(g))).toEqual(sizes);
    expect(groups.squaredSizes).toBe(sizes.reduce((sum, size) => sum + size * size, 0));
  });

  test("are added up, from a centre", () => {
    const centred = values.map((value) => value - 4);
    expect([...groupSums(groups, values, 4)]).toEqual(plainSums(groupOf, count, centred));
  });
});

test.each([
  [{ size: 0 }, "grouping.size: expected a whole number above 0, found 0"],
  [{ size: 1.5 }, "grouping.size: expected a whole number above 0, found 1.5"],
  [{ replicates: -1 }, "grouping.replicates: expected a whole number above 0, found -1"],
])("%j is refused", (grouping, message) => {
  let found: unknown;
  try {
    groupsOf(grouping, 10);
  } catch (error) {
    found = error;
  }
  expect((found as LossmillError).code).toBe("BAD_CONFIGURATION");
  expect((found as LossmillError).message).toBe(message);
});
