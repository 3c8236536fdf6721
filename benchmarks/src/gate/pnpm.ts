import { type ExecFileOptions, execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";

const MOST_OUTPUT = 64 * 1024 * 1024;

/** How pnpm is called: it is on the path of every pnpm script, and had through npx elsewhere. */
let words: readonly string[] | undefined;

function pnpmWords(): readonly string[] {
  return (words ??= spawnSync("pnpm", ["--version"]).error ? ["npx", "-y", "pnpm@12.21.0"] : ["pnpm"]);
}

/** Runs pnpm to its end. Rejects where it fails, with what it printed. */
export async function pnpm(options: ExecFileOptions, ...args: string[]): Promise<void> {
  const [file, ...first] = pnpmWords();
  await promisify(execFile)(file, [...first, ...args], { maxBuffer: MOST_OUTPUT, ...options });
}
