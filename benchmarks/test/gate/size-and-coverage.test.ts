import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { coverageReport } from "../../src/gate/gate-coverage.ts";
import { leftoversOf, sizeReport } from "../../src/gate/gate-size.ts";

const nothing = { bits: [], size: [], faults: [] };
const before = { core: 1000, wasm: 500 };
const budgets = { core: 1500, wasm: 600 };

test("5 % more than the base passes, a byte more needs a changeset", () => {
  expect(sizeReport({ before, after: { core: 1050, wasm: 500 }, budgets }, nothing).problems).toEqual([]);
  const grown = { before, after: { core: 1051, wasm: 400 }, budgets };
  expect(sizeReport(grown, nothing).problems).toEqual([
    'core: +5.1 % on the base\'s 1000 bytes; a changeset must say "size: grown"',
  ]);
  expect(sizeReport(grown, { ...nothing, size: ["new.md"] })).toMatchObject({
    passed: true,
    notes: ["core: +5.1 % on the base's 1000 bytes, as new.md says"],
    rows: [
      ["core", "1000", "1051", "+5.1 %", "1500"],
      ["wasm", "500", "400", "−20.0 %", "600"],
    ],
  });
});

test("a budget holds whatever a changeset says, and a new package must have one", () => {
  const over = { before, after: { core: 1501, wasm: 500, fresh: 10 }, budgets };
  expect(sizeReport(over, { ...nothing, size: ["new.md"] }).problems).toEqual([
    "core: 1501 bytes packed; its budget is 1500",
    "fresh: has no budget in tools/package-sizes.json",
  ]);
});

test("what an earlier build has left would be packed, and is told of", () => {
  const tree = mkdtempSync(join(tmpdir(), "gate-size-"));
  try {
    const core = join(tree, "packages", "core");
    for (const folder of ["src/laws", "dist/laws"]) mkdirSync(join(core, folder), { recursive: true });
    for (const file of [
      "src/a.ts",
      "dist/a.js",
      "dist/a.d.ts",
      "src/laws/b.ts",
      "dist/laws/b.js",
      "dist/laws/old.js",
    ]) {
      writeFileSync(join(core, file), "");
    }
    expect(leftoversOf(tree)).toEqual([join("packages", "core", "dist", "laws", "old.js")]);
  } finally {
    rmSync(tree, { recursive: true });
  }
});

const shares = (pct: number) => ({ lines: { pct }, branches: { pct }, functions: { pct }, statements: { pct } });

test("95 % passes, less of anything does not", () => {
  const enough = { typescript: shares(95), assemblyscript: { percent: 95 } };
  expect(coverageReport(enough)).toMatchObject({ passed: true, problems: [] });
  expect(coverageReport({ ...enough, assemblyscript: { percent: 94.99 } }).problems).toEqual([
    "AssemblyScript, statements: 94.99 %; at least 95 % must be covered",
  ]);
  const typescript = { ...shares(99), branches: { pct: 94 } };
  expect(coverageReport({ ...enough, typescript }).problems).toEqual([
    "TypeScript, branches: 94 %; at least 95 % must be covered",
  ]);
});
