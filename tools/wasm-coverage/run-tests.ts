import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");

/** The tests that run what is compiled: package, and the folders of its tests. Those of whole answers would take minutes. */
const TESTS: readonly (readonly [string, ...string[]])[] = [
  ["packages/backend-wasm"],
  ["packages/core", "test/random/", "test/summary/sums", "test/summary/tally", "test/plan/quantile-tables"],
];

/** They hold the committed module's text and size, which the counted one does not have. */
const LEFT_OUT = "^(?!the committed module is)";

/** Runs the tests with every process and thread loading preload.ts first; returns the packages whose tests failed. */
export function runTests(env: Readonly<Record<string, string>>): string[] {
  const vitest = join(createRequire(import.meta.url).resolve("vitest/package.json"), "..", "vitest.mjs");
  const preload = new URL("preload.ts", import.meta.url).href;
  return TESTS.filter(([root, ...filters]) => {
    const args = [
      "run",
      "--root",
      root,
      "--exclude",
      "**/*.truth.test.ts",
      "--reporter",
      "dot",
      "-t",
      LEFT_OUT,
      ...filters,
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, ...args], {
      encoding: "utf8",
      cwd: ROOT,
      env: { ...process.env, ...env, NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} --import=${preload}` },
    });
    if (status !== 0) process.stderr.write(stdout + stderr);
    return status !== 0;
  }).map(([root]) => root);
}
