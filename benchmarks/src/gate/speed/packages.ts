import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What the gate uses of one built tree: its own modules, which share no state with another tree's. */
export interface Packages {
  readonly core: typeof import("@lossmill/core");
  readonly naive: typeof import("@lossmill/backend-naive");
  readonly vectorized: typeof import("@lossmill/backend-vectorized");
  readonly wasm: typeof import("@lossmill/backend-wasm");
  readonly workers: typeof import("@lossmill/backend-workers");
  readonly streaming: typeof import("@lossmill/backend-streaming");
}

const FOLDERS: Readonly<Record<keyof Packages, string>> = {
  core: "core",
  naive: "backend-naive",
  vectorized: "backend-vectorized",
  wasm: "backend-wasm",
  workers: "backend-workers",
  streaming: "backend-streaming",
};

/**
 * Loads the build of a tree, by its folder. A package that the tree does not have is missing from what is returned. Throws
 * where one that it has is not built, and where there is no core: that is no tree of ours.
 */
export async function packagesOf(tree: string): Promise<Packages> {
  const loaded: Partial<Record<keyof Packages, unknown>> = {};
  for (const [name, folder] of Object.entries(FOLDERS) as [keyof Packages, string][]) {
    const root = join(tree, "packages", folder);
    if (name !== "core" && !existsSync(root)) continue;
    loaded[name] = await import(pathToFileURL(join(root, "dist", "index.js")).href);
  }
  return loaded as unknown as Packages;
}
