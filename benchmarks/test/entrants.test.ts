import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { compileCpp } from "../src/compile-cpp.ts";
import { contestantsIn, entrantOf } from "../src/entrants.ts";

const folder = mkdtempSync(join(tmpdir(), "entrants-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

test("contestants are files of a known language, naive first", () => {
  for (const name of ["z.ts", "a.py", "b.cpp", "c.R", "naive.ts", "notes.md", "data.json"]) {
    writeFileSync(join(folder, name), "");
  }
  expect(contestantsIn(folder).map(({ name }) => name)).toEqual(["naive", "a", "b", "c", "z"]);
});

test.each([
  ["contestant.cpp", "no g++"],
  ["contestant.R", "no Rscript"],
])("%s where its language is not installed: %s", (name, reason) => {
  const file = join(folder, name);
  writeFileSync(file, "");
  vi.stubEnv("PATH", join(folder, "empty"));
  expect(entrantOf({ name, file })).toEqual({ name, skipped: reason });
});

const sources = join(folder, "sources");
mkdirSync(join(sources, "shared"), { recursive: true });
writeFileSync(join(sources, "main.cpp"), '#include "shared/value.hpp"\nint main() { return value; }\n');
const isHere = "program" in compileWith(1);

/** Compiles a program that is made of a file and a header with this value. */
function compileWith(value: number) {
  writeFileSync(join(sources, "shared", "value.hpp"), `constexpr int value = ${value};\n`);
  return compileCpp(join(sources, "main.cpp"));
}

describe.skipIf(!isHere)("a C++ contestant", () => {
  const made = (value: number) => compileWith(value) as { program: string };

  test("is compiled once", () => {
    const { program } = made(1);
    const { mtimeMs, ino } = statSync(program);
    expect(made(1)).toEqual({ program });
    expect(statSync(program)).toMatchObject({ mtimeMs, ino });
  });

  test("is compiled anew when a shared header changes", () => {
    const [first, second] = [made(1), made(2)];
    expect(second.program).not.toBe(first.program);
    for (const { program } of [first, second]) rmSync(program);
  });
});
