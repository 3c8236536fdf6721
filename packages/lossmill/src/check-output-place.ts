import { accessSync, constants, statSync } from "node:fs";
import { dirname } from "node:path";

/** Checks, before any work is done, that a file can be written to `path`. Throws as the system does. */
export function checkOutputPlace(path: string): void {
  const folder = dirname(path);
  accessSync(folder, constants.W_OK);
  if (!statSync(folder).isDirectory()) throw Object.assign(new Error(folder), { code: "ENOTDIR" });
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw Object.assign(new Error(path), { code: "EISDIR" });
}
