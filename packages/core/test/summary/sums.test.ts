import { readFile } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { generated, MOMENTS } from "../../assembly/build.ts";
import { uniformSource } from "../../src/random/uniforms.ts";
import { compiledSums, plainSums, type Sums } from "../../src/summary/sums.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const losses = new Float64Array(5000);
uniformSource("11").fill(losses, losses.length);
for (let i = 0; i < losses.length; i++) losses[i] = losses[i] < 0.3 ? 0 : 1000 / losses[i] ** 3;

function found(sums: Sums, values: Float64Array, count: number): number[] {
  sums.range(values, count);
  sums.powers(1234.5);
  return [...sums.found];
}

test("the committed module is what the compiler makes of assembly/moments.ts, and small", async () => {
  const committed = await readFile(new URL("../../src/summary/moments-wasm.ts", import.meta.url), "utf8");
  expect(committed).toBe(await generated(MOMENTS));
  expect(committed.length).toBeLessThanOrEqual(2048);
});

test("the compiled sums are the plain ones, bit for bit, of any number of values", () => {
  const compiled = compiledSums()!;
  const plain = plainSums();
  for (const count of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1023, 4094, 4095, 4096, 4097, 5000]) {
    expect(found(compiled, losses, count), String(count)).toEqual(found(plain, losses, count));
    const values = losses.slice(0, count);
    expect(found(compiled, values, count), String(count)).toEqual(found(plain, values, count));
  }
});

test("they are what they say", () => {
  const [least, largest, sum, ...powers] = found(plainSums(), Float64Array.of(1235.5, 1233.5, 1236.5, 1e9), 3);
  expect([least, largest, sum]).toEqual([1233.5, 1236.5, 3705.5]);
  expect(powers).toEqual([2, 6, 8, 18]);
});

test("a host without WebAssembly has no compiled sums", () => {
  vi.stubGlobal("WebAssembly", undefined);
  expect(compiledSums()).toBeNull();
});
