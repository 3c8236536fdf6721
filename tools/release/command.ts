import { spawnSync } from "node:child_process";

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. npm and pnpm are scripts, which Windows starts through a shell only. */
export function command(name: string, args: readonly string[], { cwd, env = process.env }: CommandOptions): Finished {
  const shell = process.platform === "win32" && !name.endsWith(".exe");
  const { status, stdout, stderr, error } = spawnSync(name, args, {
    cwd,
    env,
    shell,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}

/** As `command`, which has to end with exit code 0; returns what it printed. */
export function done(name: string, args: readonly string[], options: CommandOptions): string {
  const { code, stdout, stderr } = command(name, args, options);
  if (code !== 0) throw new Error(`${name} ${args.join(" ")} ended with exit code ${code}:\n${stdout}${stderr}`);
  return stdout;
}
