import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Stop } from "../command-line.ts";
import { pnpm } from "./pnpm.ts";

const execute = promisify(execFile);

/** What the head is compared with. */
export interface Base {
  /** As given, or what was found: `merge base with origin/main`. */
  readonly name: string;
  readonly commit: string;
}

/** A commit's tree in a folder of its own, outside the repository. */
export interface BaseTree extends Base {
  readonly folder: string;
  /** Checks it out, installs from its lock file and builds. Throws Stop, code 2, where one of these fails. */
  build(): Promise<void>;
  /** Ends what is at work on it, removes it, and git's note of it; twice does no harm. */
  remove(): void;
}

/**
 * The commit to compare with: `given`, else where the head left origin/main or main, else the commit before the head. Where
 * the head is that commit itself, as on main, the one before it, unless there are changes that are not committed.
 */
export function findBase(root: string, given?: string): Base {
  if (given !== undefined) {
    const commit = commitOf(root, given);
    if (commit === null) throw new Stop(`option '--base <ref>': git knows no commit ${given}`, 2);
    return { name: given, commit };
  }
  const head = commitOf(root, "HEAD");
  const isChanged = git(root, "status", "--porcelain") !== "";
  for (const branch of ["origin/main", "main"]) {
    const commit = commitOf(root, branch) && git(root, "merge-base", "HEAD", branch);
    if (commit && (commit !== head || isChanged)) return { name: `merge base with ${branch}`, commit };
  }
  const before = commitOf(root, "HEAD~1");
  if (before === null)
    throw new Stop("there is no commit to compare with: give one with --base, or fetch more of them", 2);
  return { name: "HEAD~1", commit: before };
}

/** A folder for the base's tree, which is not checked out yet. */
export function baseTree(root: string, base: Base): BaseTree {
  const parent = mkdtempSync(join(tmpdir(), "lossmill-gate-"));
  const folder = join(parent, "base");
  const stop = new AbortController();
  const options = { signal: stop.signal };
  return {
    ...base,
    folder,
    async build() {
      try {
        await execute("git", ["-C", root, "worktree", "add", "--detach", folder, base.commit], options);
        await pnpm({ ...options, cwd: folder }, "install", "--frozen-lockfile", "--prefer-offline");
        await pnpm({ ...options, cwd: folder }, "exec", "tsc", "-b");
      } catch (error) {
        throw new Stop(`the base ${base.commit.slice(0, 12)} cannot be built: ${lastLines(error)}`, 2);
      }
    },
    remove() {
      stop.abort();
      // Twice: also one that git is still making.
      git(root, "worktree", "remove", "--force", "--force", folder);
      rmSync(parent, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The last lines of what a failed program printed. */
function lastLines(error: unknown): string {
  const { stdout = "", stderr = "", message = "" } = error as Partial<Record<"stdout" | "stderr" | "message", string>>;
  const printed = `${stdout}\n${stderr}`.trim();
  return (printed === "" ? message : printed).split("\n").slice(-3).join(" ").trim();
}

/** The commit that a ref names; null where git knows none. */
export function commitOf(root: string, ref: string): string | null {
  return git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`);
}

/** What git says; null where it fails. */
export function git(root: string, ...args: string[]): string | null {
  try {
    return execFileSync("git", ["-C", root, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return null;
  }
}
