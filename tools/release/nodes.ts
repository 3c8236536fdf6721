import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { done } from "./command.ts";

/** A Node that packages are tried on. */
export interface NodeToTry {
  readonly version: string;
  readonly path: string;
  /** Where its own npm and npx are, if it has them; else those that come first on the PATH. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * This Node, and those on the PATH that are of another version. Their environment has none of what pnpm and npm pass on to
 * scripts, no NODE_ and no LOSSMILL_ variables, and an empty home; the registry and the cache of downloads stay.
 */
export function nodesToTry(home: string, cwd: string): NodeToTry[] {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  const paths = [...folders.map((folder) => join(folder, name)).filter(existsSync), process.execPath];
  const npm = (key: string) => done("npm", ["config", "get", key], { cwd }).trim();
  const kept = Object.entries(process.env).filter(
    ([key]) => !/^(npm_|pnpm_|NODE_|LOSSMILL_|INIT_CWD|PATH$)/i.test(key),
  );
  const base = {
    ...Object.fromEntries(kept),
    HOME: home,
    USERPROFILE: home,
    NO_COLOR: "1",
    npm_config_registry: npm("registry"),
    npm_config_cache: npm("cache"),
  };
  const nodes = paths.map((path) => ({
    version: done(path, ["--version"], { cwd }).trim().slice(1),
    path,
    env: { ...base, PATH: [dirname(path), ...folders].join(delimiter) },
  }));
  return nodes.filter(({ version }, i) => nodes.findIndex((node) => node.version === version) === i);
}
