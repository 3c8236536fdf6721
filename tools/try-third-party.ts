// What somebody outside would do: packs the packages that a backend's author needs, copies examples/third-party-backend to an
// empty folder, installs it there with npm from the tarballs, type-checks it and runs its tests. Exit code 1 where one fails.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

const root = join(import.meta.dirname, "..");
const PACKED = ["core", "harness", "backend-naive"];

/** Runs a command and ends with its exit code where that is not 0. */
function run(command: string, args: readonly string[], cwd: string): void {
  // npm is a .cmd on Windows, which only a shell starts; the node that runs this also runs the tests.
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env["PATH"]}` };
  const { status, error } = spawnSync(command, args, {
    cwd,
    env,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: exit code ${status}`);
}

const folder = mkdtempSync(join(tmpdir(), "lossmill-third-party-"));
try {
  const tarballs = join(folder, "tarballs");
  const app = join(folder, "app");
  for (const name of PACKED) run("pnpm", ["pack", "--pack-destination", tarballs], join(root, "packages", name));
  cpSync(join(root, "examples", "third-party-backend"), app, {
    recursive: true,
    filter: (path) => !/node_modules|[/\\]dist$|package-lock/.test(path),
  });
  const packed = readdirSync(tarballs).map((name) => join(tarballs, name));
  run("npm", ["install", "--no-audit", "--no-fund", "--save-dev", ...packed], app);
  run("npm", ["test"], app);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
