// docs/writing-a-backend.md, followed word by word: its code is taken as it stands there, type-checked, and its tests are run.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RECORDS } from "../../harness/src/conformance/records.ts";

const root = join(import.meta.dirname, "../../..");
const page = readFileSync(join(root, "docs/writing-a-backend.md"), "utf8");
// Below this package, where the names of ours are known, and ignored by git.
const folder = join(import.meta.dirname, "../coverage/writing-a-backend");

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [, name, code] of page.matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm))
    writeFileSync(join(folder, name), code);
  const options = { rootDir: root, types: ["node"] };
  const config = {
    extends: join(root, "tsconfig.tests.json"),
    compilerOptions: options,
    include: ["*.ts"],
    exclude: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function node(args: readonly string[]) {
  // What runs in there is followed, not covered.
  const { NODE_V8_COVERAGE: _, NODE_OPTIONS: __, ...env } = process.env;
  return spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", env });
}

test("its code has the types that it should have", () => {
  const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "..", "bin", "tsc");
  const { stdout, status } = node([tsc, "-p", "."]);
  expect([stdout, status]).toEqual(["", 0]);
});

test("its backend passes the suite by the command that it shows", () => {
  expect(page).toContain("    node --test backend.test.ts\n");
  const { stdout, status } = node(["--conditions=source", "--test", "--test-reporter=tap", "backend.test.ts"]);
  expect([stdout.match(/^not ok .*/gm), status]).toEqual([null, 0]);
  const count = (what: string) => Number(new RegExp(`^# ${what} (\\d+)$`, "m").exec(stdout)?.[1]);
  expect(count("pass")).toBeGreaterThan(70);
  expect(count("skipped")).toBeGreaterThan(20);
});

test("what it says of the suite is so", () => {
  expect(page).toContain(`| ${RECORDS.losses.length / 2} books, ordinary and at an edge`);
});
