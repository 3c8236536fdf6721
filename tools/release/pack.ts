import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { done } from "./command.ts";

const root = join(import.meta.dirname, "../..");

/**
 * Packs every public package into `tarballs`, with the versions that its changesets give, from a copy of the working tree in
 * `copy`: the tree itself is left as it is.
 */
export function pack(copy: string, tarballs: string): void {
  copyTree(copy);
  const git = (...args: string[]) =>
    done("git", ["-c", "user.name=dry-run", "-c", "user.email=dry-run@localhost", ...args], { cwd: copy });
  // Changelogs name commits, so that changesets wants a repository.
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-q", "-m", "The working tree");
  const pnpm = (...args: string[]) => done("pnpm", args, { cwd: copy });
  pnpm("install", "--frozen-lockfile", "--prefer-offline");
  if (hasChangesets(copy)) pnpm("exec", "changeset", "version");
  pnpm("install", "--prefer-offline", "--no-frozen-lockfile");
  mkdirSync(tarballs, { recursive: true });
  for (const folder of readdirSync(join(copy, "packages"))) {
    const path = join(copy, "packages", folder);
    const { private: isPrivate } = JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as {
      private?: boolean;
    };
    if (!isPrivate) done("pnpm", ["pack", "--pack-destination", tarballs], { cwd: path });
  }
}

function hasChangesets(folder: string): boolean {
  return readdirSync(join(folder, ".changeset")).some((name) => name.endsWith(".md") && name !== "README.md");
}

/** What git knows of the working tree, and what it would: nothing that is built or installed. */
function copyTree(to: string): void {
  const names = done("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const name of names.split("\0").filter((path) => path !== "" && existsSync(join(root, path)))) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    cpSync(join(root, name), join(to, name));
  }
}
