import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { compileCpp } from "./compile-cpp.ts";

/** A contestant: a file that was found, named like it. */
export interface ContestantFile {
  readonly name: string;
  readonly file: string;
}

/** A contestant, and how to run it; or why it cannot run here. */
export type Entrant =
  | { readonly name: string; readonly command: readonly string[] }
  | { readonly name: string; readonly skipped: string };

/** How a file is run: the words before BOOK, TRIALS and SEED, or the reason why it cannot be. */
type Launch = (file: string) => readonly string[] | { readonly skipped: string };

/** A contestant in one more language is one more line here. */
const LAUNCHES: Readonly<Record<string, Launch>> = {
  ".ts": launchTypeScript,
  ".py": launchPython,
  ".cpp": launchCpp,
  ".R": launchR,
};

const TYPESCRIPT_RUNNER = join(import.meta.dirname, "..", "run-contestant.ts");
const PYTHONS = ["python3", "/usr/bin/python3"] as const;

/** The contestants of a folder, one a file, by name, naive first: it is the definition. */
export function contestantsIn(folder: string): ContestantFile[] {
  return readdirSync(folder)
    .filter((file) => Object.hasOwn(LAUNCHES, extname(file)))
    .map((file) => ({ name: file.slice(0, -extname(file).length), file: join(folder, file) }))
    .sort((a, b) => Number(b.name === "naive") - Number(a.name === "naive") || (a.name < b.name ? -1 : 1));
}

/** Finds out how a contestant is run, and compiles it where it must be. */
export function entrantOf({ name, file }: ContestantFile): Entrant {
  const launch = LAUNCHES[extname(file)](file);
  return "skipped" in launch ? { name, skipped: launch.skipped } : { name, command: launch };
}

/** How this process's Node is called. */
export function nodeWords(): readonly string[] {
  // --conditions=source, where this process has it, lets contestants import the workspace unbuilt.
  return [process.execPath, ...process.execArgv.filter((argument) => argument.startsWith("--conditions="))];
}

function launchTypeScript(file: string): readonly string[] {
  return [...nodeWords(), TYPESCRIPT_RUNNER, file];
}

/** The first Python that has every module of the file's line `# needs: numpy, numba`. */
function launchPython(file: string): readonly string[] | { readonly skipped: string } {
  const needs = /^# needs: (.+)$/m.exec(readFileSync(file, "utf8"))?.[1] ?? "sys";
  const found = PYTHONS.find((python) => spawnSync(python, ["-c", `import ${needs}`]).status === 0);
  return found === undefined ? { skipped: `no Python with ${needs}` } : [found, file];
}

function launchCpp(file: string): readonly string[] | { readonly skipped: string } {
  const compiled = compileCpp(file);
  return "skipped" in compiled ? compiled : [compiled.program];
}

function launchR(file: string): readonly string[] | { readonly skipped: string } {
  return spawnSync("Rscript", ["--version"]).status === 0 ? ["Rscript", "--vanilla", file] : { skipped: "no Rscript" };
}
