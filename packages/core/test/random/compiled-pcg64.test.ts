import { readFile } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { generated, PCG64 } from "../../assembly/build.ts";
import { compiledPcg64 } from "../../src/random/compiled-pcg64.ts";
import { PCG64_WASM } from "../../src/random/pcg64-wasm.ts";
import { uniformSource } from "../../src/random/uniforms.ts";
import { bitsOf, uniforms } from "./vectors.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const KEYS: readonly (readonly [number, number, 0 | 1])[] = [
  [12, 345, 1],
  [0, 0, 0],
  [4_294_967_295, 2_147_483_648, 1],
];

function draw(count: number): bigint[] {
  const source = uniformSource("2027");
  return KEYS.flatMap((key) => {
    source.seek(...key);
    return bitsOf(uniforms(source, count));
  });
}

function accept(): object {
  return {};
}

function refuse(): never {
  throw new Error("refused");
}

test("the committed module is what the compiler makes of assembly/pcg64.ts, and small", async () => {
  const committed = await readFile(new URL("../../src/random/pcg64-wasm.ts", import.meta.url), "utf8");
  expect(committed).toBe(await generated(PCG64));
  expect(atob(PCG64_WASM).length).toBeLessThanOrEqual(2048);
});

test.each([
  ["lacks WebAssembly", undefined],
  ["refuses to compile", { Module: refuse, Instance: accept }],
  ["refuses memory", { Module: accept, Instance: refuse }],
])("a host that %s gets the plain generator and the same bits", (_what, host) => {
  const expected = draw(10_000);
  expect(compiledPcg64()).not.toBeNull();
  vi.stubGlobal("WebAssembly", host);
  expect(compiledPcg64()).toBeNull();
  expect(draw(10_000)).toEqual(expected);
});
