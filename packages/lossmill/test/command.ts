import { type SpawnOptions, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../src/cli.ts", import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the command line from its sources, as a user would: another process, no terminal. `killAfter`: milliseconds from
 * where `killOn` is told; `stopAfter`: milliseconds until Ctrl-C. Of a deaf one nobody reads stderr.
 */
export function lossmill(
  args: readonly string[],
  options: SpawnOptions & {
    interruptOn?: RegExp;
    killOn?: RegExp;
    killAfter?: number;
    stopAfter?: number;
    isDeaf?: boolean;
    fileLimit?: number;
  } = {},
): Promise<Finished> {
  const { interruptOn, killOn, killAfter = 0, stopAfter, isDeaf, fileLimit, ...spawnOptions } = options;
  const command = [process.execPath, "--conditions=source", CLI, ...args];
  // In blocks of 1,024 bytes: what a file may have at most.
  const [file, ...rest] =
    fileLimit === undefined ? command : ["bash", "-c", `ulimit -f ${fileLimit}; exec "$@"`, "bash", ...command];
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith("LOSSMILL_"));
  const child = spawn(file, rest, {
    ...spawnOptions,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...Object.fromEntries(environment),
      NO_COLOR: "1",
      // Coverage is a file, too, and larger than such a limit.
      ...(fileLimit !== undefined && { NODE_V8_COVERAGE: "" }),
      ...spawnOptions.env,
    },
  });
  if (isDeaf) child.stderr.destroy();
  let stdout = "";
  let stderr = "";
  let interrupted = false;
  let killing: NodeJS.Timeout | undefined;
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => {
    stderr += data.toString();
    // Once: a second interrupt ends the process at once.
    if (interruptOn?.test(stderr) && !interrupted) interrupted = child.kill("SIGINT");
    if (killOn?.test(stderr)) killing ??= setTimeout(() => child.kill("SIGKILL"), killAfter);
  });
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
