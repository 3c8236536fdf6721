import { type SpawnOptions, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../src/cli.ts", import.meta.url));

/** Where no machine was tuned. */
const UNTUNED = join(tmpdir(), "lossmill-untuned");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line from its sources, as a user would: another process, no terminal. Of a deaf one nobody reads stderr. */
export function lossmill(
  args: readonly string[],
  options: SpawnOptions & { interruptOn?: RegExp; killAfter?: number; stopAfter?: number; isDeaf?: boolean } = {},
): Promise<Finished> {
  const { interruptOn, killAfter, stopAfter, isDeaf, ...spawnOptions } = options;
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith("LOSSMILL_"));
  const child = spawn(process.execPath, ["--conditions=source", CLI, ...args], {
    ...spawnOptions,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...Object.fromEntries(environment), NO_COLOR: "1", XDG_CONFIG_HOME: UNTUNED, ...spawnOptions.env },
  });
  if (isDeaf) child.stderr.destroy();
  let stdout = "";
  let stderr = "";
  let interrupted = false;
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => {
    stderr += data.toString();
    // Once: a second interrupt ends the process at once.
    if (interruptOn?.test(stderr) && !interrupted) interrupted = child.kill("SIGINT");
  });
  const killing = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
  const stopping = stopAfter === undefined ? undefined : setTimeout(() => child.kill("SIGINT"), stopAfter);
  return new Promise((resolve) => {
    child.on("close", (code) => {
      clearTimeout(killing);
      clearTimeout(stopping);
      resolve({ code, stdout, stderr });
    });
  });
}

/** The path of an example book. */
export function example(name: string): string {
  return fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url));
}
