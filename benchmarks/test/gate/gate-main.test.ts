import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { baseTree, findBase } from "../../src/gate/base-tree.ts";
import { gateMain } from "../../src/gate/gate-main.ts";
import { type GateRecord, gateMarkdown, gateTable } from "../../src/gate/gate-record.ts";
import type { GateReport } from "../../src/gate/gate-report.ts";
import { keptTerminal } from "../terminal.ts";

let root: string;

function git(...args: string[]): string {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
  return execFileSync("git", ["-C", root, ...identity, ...args], { encoding: "utf8", stdio: "pipe" }).trim();
}

function commit(text: string): string {
  writeFileSync(join(root, "file"), text);
  git("add", "-A");
  git("commit", "-qm", text);
  return git("rev-parse", "HEAD");
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gate-test-"));
  git("init", "-q", "-b", "main");
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

test("the base is what was asked for, else where the branch left main, else the commit before", () => {
  const first = commit("1");
  const second = commit("2");
  expect(findBase(root)).toEqual({ name: "HEAD~1", commit: first });
  writeFileSync(join(root, "file"), "changed");
  expect(findBase(root)).toEqual({ name: "merge base with main", commit: second });
  git("checkout", "-q", "file");
  git("checkout", "-qb", "branch");
  commit("3");
  expect(findBase(root)).toEqual({ name: "merge base with main", commit: second });
  git("update-ref", "refs/remotes/origin/main", first);
  expect(findBase(root)).toEqual({ name: "merge base with origin/main", commit: first });
  expect(findBase(root, "main~1")).toEqual({ name: "main~1", commit: first });
});

test("a base that cannot be built is an error, and nothing is left of it: neither a folder nor git's note", async () => {
  commit("1");
  const tree = baseTree(root, findBase(root, "HEAD"));
  await expect(tree.build()).rejects.toThrow(/^the base [0-9a-f]{12} cannot be built: ./);
  expect(git("worktree", "list").split("\n")).toHaveLength(2);
  tree.remove();
  tree.remove();
  expect(git("worktree", "list").split("\n")).toHaveLength(1);
  expect(existsSync(dirname(tree.folder))).toBe(false);
});

test("one that is removed while it is being made is gone, too", async () => {
  commit("1");
  const tree = baseTree(root, findBase(root, "HEAD"));
  const building = tree.build();
  tree.remove();
  await expect(building).rejects.toThrow(/cannot be built/);
  expect(git("worktree", "list").split("\n")).toHaveLength(1);
  expect(existsSync(dirname(tree.folder))).toBe(false);
});

test.each([
  [["--base", "nowhere"], "git knows no commit nowhere"],
  [["--base", "--output=x"], "git knows no commit --output=x"],
  [["--only", "speed,beauty"], "Found beauty; allowed are speed, bits, coverage, size."],
  [["--json", "/no/such/folder/a.json"], "option '--json <file>': there is no folder /no/such/folder"],
  [["--seed", "-1"], "Allowed is a whole number from 0 to 1000000000."],
  [[], "there is no commit to compare with"],
  [["--fast"], "options are --base, --only, --seed, --json, --markdown"],
])("%j is refused in one line, with code 2", async (args, message) => {
  commit("1");
  git("branch", "-m", "other");
  const terminal = keptTerminal();
  expect(await gateMain(args, terminal, root)).toBe(2);
  expect(terminal.printed.err).toContain(message);
  expect(terminal.printed.err.trim()).not.toContain("\n");
  expect(terminal.printed.out).toBe("");
  expect(existsSync("/no/such/folder")).toBe(false);
});

const report: GateReport = {
  gate: "size",
  passed: false,
  problems: ["core: too large"],
  notes: ["wasm: new"],
  head: ["package", "head"],
  rows: [["core", "9"]],
  figures: {},
};

test("the terminal and the pull request see first what failed", () => {
  expect(gateTable(report)).toMatch(/^size: failed\n  core: too large\n  note: wasm: new\n/);
  const machine = { cpu: "a cpu", cores: 2, memoryBytes: 1, system: "Linux", node: "26" };
  const record: GateRecord = {
    format: 1,
    date: "2027-01-01T00:00:00.000Z",
    machine,
    base: { name: "main", commit: "a".repeat(40) },
    head: { commit: "b".repeat(40), changed: true },
    seed: 1,
    passed: false,
    gates: [report, { ...report, gate: "bits", passed: true, problems: [], notes: [], rows: [] }],
  };
  expect(gateMarkdown(record)).toBe(`## Gate: failed

bbbbbbbbbbbb and changes that are not committed against aaaaaaaaaaaa (main); a cpu, 2 cores, Linux, Node 26

### size: failed

- **core: too large**
- wasm: new

<details><summary>size</summary>

| package | head |
| ------- | ---: |
| core    |    9 |

</details>

### bits: passed

`);
});
