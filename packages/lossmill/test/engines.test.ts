import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const script = fileURLToPath(new URL("engine-hash.mjs", import.meta.url));

interface Report {
  readonly node: string;
  readonly hash: string;
  readonly total: number;
}

/** Runs the script on the built packages, without the conditions and the coverage of the tests. */
function reportOf(node: string): Report {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith("NODE_"));
  const { stdout, stderr, status } = spawnSync(node, [script], {
    encoding: "utf8",
    env: Object.fromEntries(environment),
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

/** Another Node on the path than the one that runs the tests: the machine's own. */
const others = (process.env["PATH"] ?? "")
  .split(delimiter)
  .map((folder) => join(folder, process.platform === "win32" ? "node.exe" : "node"))
  .filter((path) => existsSync(path))
  .filter(
    (path) =>
      spawnSync(path, ["-p", "process.versions.v8"], { encoding: "utf8" }).stdout.trim() !== process.versions.v8,
  );

describe.skipIf(others.length === 0)("another engine", () => {
  test("the same bits of everything that can change an answer", () => {
    const here = reportOf(process.execPath);
    const there = reportOf(others[0]);
    console.log(`Node ${here.node} and ${there.node}: ${here.hash}`);
    expect(there.hash).toBe(here.hash);
    // Naive evaluates amounts with the engine's own Math.
    expect(Math.abs(there.total / here.total - 1)).toBeLessThan(1e-10);
  });
});
