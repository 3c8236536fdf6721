import { readFile } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { QUANTILE_TABLE, generated } from "../../assembly/build.ts";
import { severityTables } from "../../src/plan/curves/severity-tables.ts";
import { compiledQuantileTables } from "../../src/plan/curves/compiled-quantile-tables.ts";
import { plainQuantileTables } from "../../src/plan/curves/plain-quantile-tables.ts";
import { QUANTILE_TABLE_LENGTH, type QuantileTables, type Recipe } from "../../src/plan/curves/quantile-table.ts";
import { checkPortfolio, makePlan } from "../../src/index.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** What a table of a law would be made of, thinned where there is a deductible. */
function recipeOf(severity: object, deductible = 0): Recipe {
  const terms = { occurrence: { deductible } };
  const policies = [{ id: "a", frequency: { law: "poisson", lambda: 9 }, severity, terms }];
  const plan = makePlan(checkPortfolio({ name: "book", policies }), { trials: 1_000_000, seed: "1" });
  return severityTables(plan).of(0);
}

/** The bits of the table, and whether it and its middle are fine enough. */
function made(tables: QuantileTables, recipe: Recipe) {
  const table = new Float64Array(QUANTILE_TABLE_LENGTH).fill(7);
  const isFine = tables.isFineEnough(recipe);
  const isWritten = tables.write(recipe, table);
  return { isFine, isWritten, bits: isWritten ? [...new BigUint64Array(table.buffer)] : [] };
}

const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1 };
const gamma = { law: "gamma", shape: 0.7, scale: 4000 };

test("the committed module is what the compiler makes of assembly/quantile-table.ts, and small", async () => {
  const committed = await readFile(new URL("../../src/plan/curves/quantile-table-wasm.ts", import.meta.url), "utf8");
  expect(committed).toBe(await generated(QUANTILE_TABLE));
  expect(committed.length).toBeLessThan(6000);
});

test.each<[string, Recipe, boolean]>([
  ["a lognormal law", recipeOf(lognormal), true],
  ["one that is thinned", recipeOf(lognormal, 1000), true],
  ["one of hardly any spread", recipeOf({ ...lognormal, sdlog: 1e-9 }), true],
  ["one at the end of what a line can be", recipeOf({ ...lognormal, meanlog: -680, sdlog: 1.4 }), true],
  ["one that is too coarse", recipeOf({ ...lognormal, sdlog: 3 }), false],
  ["a curve", recipeOf(gamma), true],
  ["one that is thinned", recipeOf(gamma, 1000), true],
  ["one that is too coarse", recipeOf({ law: "pareto", shape: 0.2, scale: 1000 }), false],
])("plain and compiled are the same in every bit: %s", (_, recipe, isFine) => {
  const plain = made(plainQuantileTables(), recipe);
  expect(plain.isWritten).toBe(isFine);
  // Twice: what the last one left is not seen.
  const compiled = compiledQuantileTables()!;
  made(compiled, recipeOf(gamma, 3000));
  expect(made(compiled, recipe)).toEqual(plain);
});

test("a curve that the module has no room for is made without it", () => {
  const { rows, ...rest } = recipeOf(gamma);
  const long = { ...rest, rows: new Float64Array(13_000) };
  long.rows.set(rows);
  const compiled = compiledQuantileTables()!;
  expect(made(compiled, long)).toEqual(made(compiled, { ...rest, rows }));
});

test("a host without WebAssembly has none", () => {
  vi.stubGlobal("WebAssembly", undefined);
  expect(compiledQuantileTables()).toBe(null);
});
