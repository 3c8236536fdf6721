import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";

/** A contestant file that was found, and how to run it; or why it cannot run here. */
export type Entrant =
  | { readonly name: string; readonly command: readonly string[] }
  | { readonly name: string; readonly skipped: string };

/** How a file is run: the words before BOOK, TRIALS and SEED, or the reason why it cannot be. */
type Launch = (file: string) => readonly string[] | { readonly skipped: string };

/** A contestant in one more language is one more line here. */
const LAUNCHES: Readonly<Record<string, Launch>> = { ".ts": launchTypeScript, ".py": launchPython };

const TYPESCRIPT_RUNNER = join(import.meta.dirname, "..", "run-contestant.ts");
const PYTHONS = ["python3", "/usr/bin/python3"] as const;

/** The contestants of a folder, one a file, naive first: it is what the others are compared with. */
export function entrantsIn(folder: string): Entrant[] {
  return readdirSync(folder)
    .filter((file) => Object.hasOwn(LAUNCHES, extname(file)))
    .map((file) => {
      const name = file.slice(0, -extname(file).length);
      const launch = LAUNCHES[extname(file)](join(folder, file));
      return "skipped" in launch ? { name, skipped: launch.skipped } : { name, command: launch };
    })
    .sort((a, b) => Number(b.name === "naive") - Number(a.name === "naive") || (a.name < b.name ? -1 : 1));
}

function launchTypeScript(file: string): readonly string[] {
  // --conditions=source, where this process has it, lets contestants import the workspace unbuilt.
  const conditions = process.execArgv.filter((argument) => argument.startsWith("--conditions="));
  return [process.execPath, ...conditions, TYPESCRIPT_RUNNER, file];
}

/** The first Python that has every module of the file's line `# needs: numpy, numba`. */
function launchPython(file: string): readonly string[] | { readonly skipped: string } {
  const needs = /^# needs: (.+)$/m.exec(readFileSync(file, "utf8"))?.[1] ?? "sys";
  const found = PYTHONS.find((python) => spawnSync(python, ["-c", `import ${needs}`]).status === 0);
  return found === undefined ? { skipped: `no Python with ${needs}` } : [found, file];
}
