import { spawnSync } from "node:child_process";
import { Stop } from "../command-line.ts";
import type { HistoryRecordFile } from "./history-record.ts";

/** What a record says of the commit that it is of. */
export type Commit = Pick<HistoryRecordFile, "commit" | "committed" | "modified">;

/** What moves no figure: a commit is measured as it is though these differ from it. */
const IMMATERIAL = [":(exclude)benchmarks/records", ":(exclude)docs", ":(exclude,glob)**/*.md"] as const;

/** The commit that is checked out, and whether the files still are as it has them; or another, `revision`, by its name. */
export function commitOf(revision?: string): Commit {
  const [commit, seconds] = git([
    "show",
    "-s",
    "--format=%H %ct",
    "--end-of-options",
    `${revision ?? "HEAD"}^{commit}`,
    "--",
  ]).split(" ");
  const committed = new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z");
  const isModified =
    revision === undefined && git(["status", "--porcelain", "--untracked-files=no", "--", ":/", ...IMMATERIAL]) !== "";
  return { commit, committed, ...(isModified ? { modified: true } : {}) };
}

function git(args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync("git", args, { cwd: import.meta.dirname, encoding: "utf8" });
  if (status === 0) return stdout.trim();
  const why = error?.message ?? stderr.trim().split("\n")[0];
  throw new Stop(`a record needs its commit, and git does not tell: ${why}`, 2);
}
