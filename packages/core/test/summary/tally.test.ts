import { readFile } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { TALLY, generated } from "../../assembly/build.ts";
import { uniformSource } from "../../src/random/uniforms.ts";
import { boundsOf } from "../../src/summary/buckets.ts";
import { distribution } from "../../src/summary/distribution.ts";
import { type Tally, compiledTally, plainTally } from "../../src/summary/tally.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const losses = new Float64Array(4096);
uniformSource("11").fill(losses, losses.length);
for (let i = 0; i < losses.length; i++) losses[i] = losses[i] < 0.3 ? 0 : 1000 / losses[i] ** 3;
losses.set([Infinity, 5e-324, 2 ** -1032, Number.MAX_VALUE, -0, 7.5, 7.5, 7.5, 7.5], 100);

/** Buckets with values, and their two counts. */
function counted({ counts }: Tally): number[][] {
  const found: number[][] = [];
  counts.forEach((values, i) => {
    if (values === 0) return;
    const last = found.at(-1);
    if (last?.[0] === (i & ~1)) last[2] = values;
    else found.push([i & ~1, ...(i % 2 === 0 ? [values, 0] : [0, values])]);
  });
  return found;
}

test("the committed module is what the compiler makes of assembly/tally.ts, and small", async () => {
  const committed = await readFile(new URL("../../src/summary/tally-wasm.ts", import.meta.url), "utf8");
  expect(committed).toBe(await generated(TALLY));
  expect(committed.length).toBeLessThanOrEqual(1024);
});

test("the compiled tally is the plain one, of any number of values, begun anywhere, at any threshold", () => {
  const compiled = compiledTally()!;
  const plain = plainTally();
  for (const count of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1023, 4094, 4095, 4096]) {
    const values = losses.subarray(4096 - count);
    for (const threshold of [-Infinity, 0, 1000, 7.5, 1e6, Infinity]) {
      const above = values.filter((value) => value > threshold);
      expect(compiled.add(values, threshold), `${count} above ${threshold}`).toEqual(above);
      expect(plain.add(values, threshold)).toEqual(above);
    }
  }
  expect(counted(compiled)).toEqual(counted(plain));
  expect(compiled.seen).toEqual(plain.seen);
});

test("a value is in the bucket of its bits, counted by whether its place is even", () => {
  const tally = plainTally();
  tally.add(Float64Array.of(1, 1, 1, 0, -0, 2 - 2 ** -52, Infinity), Infinity);
  const found = counted(tally).map(([i, even, odd]) => [boundsOf(i / 2).least, even, odd]);
  expect(found).toEqual([
    [0, 1, 1],
    [1, 2, 1],
    [2 - 2 ** -10, 0, 1],
    [Infinity, 1, 0],
  ]);
  expect([...tally.seen.keys()].filter((exponent) => tally.seen[exponent])).toEqual([0, 1023, 2047]);
});

test("a host without WebAssembly counts in plain code, and finds the same", () => {
  const ranks = [1, 2000, 4000, 4096];
  const found = () => {
    const values = distribution(100);
    for (let i = 0; i < 3; i++) values.add(losses.map((loss) => loss * (i + 1)));
    const ordered = values.ordered(ranks, new Float64Array(100));
    return [values.save(), ranks.map((rank) => ordered.at(rank))];
  };
  const compiled = found();
  vi.stubGlobal("WebAssembly", undefined);
  expect(compiledTally()).toBeNull();
  expect(found()).toEqual(compiled);
});
