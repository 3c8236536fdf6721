import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

// The repository's own configuration over planted files: the promise of equal bits rests on these rules.
const root = join(import.meta.dirname, "../../..");
const planted = mkdtempSync(join(tmpdir(), "lossmill-lint-"));
cpSync(join(root, ".oxlintrc.json"), join(planted, ".oxlintrc.json"));
cpSync(join(root, "tools/lint"), join(planted, "tools/lint"), { recursive: true });
afterAll(() => rmSync(planted, { recursive: true, force: true }));

const oxlint = join(createRequire(import.meta.url).resolve("oxlint/package.json"), "..", "bin", "oxlint");

function complaints(rule: "exact-math" | "plain-loops", file: string, source: string): string[] {
  mkdirSync(join(planted, file, ".."), { recursive: true });
  writeFileSync(join(planted, file), source);
  const { stdout } = spawnSync(process.execPath, [oxlint, "--format=json", file], { cwd: planted, encoding: "utf8" });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string }[] };
  return diagnostics.map(({ code }) => code).filter((code) => code.includes(rule));
}

test.each([
  ["export const y = (x: number): number => Math.exp(x);"],
  ["export const y = (x: number): number => x ** 2;"],
  ["export function y(x: number): number {\n  x **= 2;\n  return x;\n}"],
  ["export const y = Math['log'](2);"],
  ["const { pow } = Math;\nexport const y = pow(2, 3);"],
  ["const m = Math;\nexport const y = m.sin(1);"],
])("refuses %j outside naive", (source) => {
  expect(complaints("exact-math", "packages/core/src/planted.ts", source)).toHaveLength(1);
  expect(complaints("exact-math", "packages/backend-naive/src/planted.ts", source)).toEqual([]);
});

test("allows what every engine rounds correctly", () => {
  const source = "export const y = (x: number): number => Math.floor(Math.sqrt(Math.abs(x))) * 2;";
  expect(complaints("exact-math", "packages/core/src/planted.ts", source)).toEqual([]);
});

test.each([
  ["export const y = (x: number[]): number => x.reduce((sum, one) => sum + one, 0);"],
  ["export const y = (x: number[]): number => x.reduceRight((sum, one) => 2 * sum + one, 0);"],
  ["let sum = 0;\n[1, 2].forEach((one) => {\n  sum += one;\n});\nexport const y = sum;"],
  ["let n = 0;\nexport const y = [1, 2].map((one) => (n += one));"],
  ["let n = 0;\nexport const y = [1, 2].filter(function () {\n  n++;\n  return n > 1;\n});"],
])("refuses %j in a package, and not in its tests", (source) => {
  expect(complaints("plain-loops", "packages/core/src/planted.ts", source)).toHaveLength(1);
  expect(complaints("plain-loops", "packages/core/test/planted.ts", source)).toEqual([]);
});

test.each([
  ["let sum = 0;\nfor (const one of [1, 2]) sum += one;\nexport const y = sum;"],
  [
    "export const y = [[1], [2]].map((row) => {\n  let sum = 0;\n  for (const one of row) sum += one;\n  return sum;\n});",
  ],
  ["const y = new Float64Array(2);\n[1, 2].forEach((one, i) => {\n  y[i] = one;\n});\nexport { y };"],
])("allows %j", (source) => {
  expect(complaints("plain-loops", "packages/core/src/planted.ts", source)).toEqual([]);
});
