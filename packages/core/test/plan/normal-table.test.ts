import { readFile } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { NORMAL_TABLE, generated } from "../../assembly/build.ts";
import { compiledNormalTable, normalTable } from "../../src/plan/curves/normal-table.ts";
import { plainNormalTable } from "../../src/plan/curves/plain-normal-table.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const bitsOf = ({ buffer, byteOffset, length }: Float64Array) => [...new BigUint64Array(buffer, byteOffset, length)];

test("the committed module is what the compiler makes of assembly/normal-table.ts, and small", async () => {
  const committed = await readFile(new URL("../../src/plan/curves/normal-table-wasm.ts", import.meta.url), "utf8");
  expect(committed).toBe(await generated(NORMAL_TABLE));
  expect(committed.length).toBeLessThan(4000);
});

test("plain and compiled are the same in every bit", () => {
  const plain = plainNormalTable();
  expect(plain).toHaveLength(4096 * 8);
  expect(bitsOf(compiledNormalTable()!)).toEqual(bitsOf(plain));
  expect(bitsOf(normalTable())).toEqual(bitsOf(plain));
});

test("without WebAssembly it is made in plain code", async () => {
  vi.stubGlobal("WebAssembly", undefined);
  expect(compiledNormalTable()).toBeNull();
  const fresh = await import("../../src/plan/curves/normal-table.ts");
  expect(bitsOf(fresh.normalTable())).toEqual(bitsOf(plainNormalTable()));
});
