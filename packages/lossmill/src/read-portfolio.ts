import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { LossmillError, MOST_BYTES, type Portfolio, decodeText, formatOf, loadPortfolio } from "@lossmill/core";
import { printable } from "./print/printable.ts";

/** Reads a portfolio file: YAML, JSON or CSV by its extension. Throws BAD_PORTFOLIO. */
export async function readPortfolio(path: string): Promise<Portfolio> {
  const format = formatOf(path);
  const bytes = readBytes(path);
  return await loadPortfolio(decodeText(bytes), format, basename(path));
}

function readBytes(path: string): Uint8Array {
  try {
    // Asked before reading, so that an enormous file is refused and not loaded.
    const { size } = statSync(path);
    if (size > MOST_BYTES) refuse(path, `larger than ${MOST_BYTES / 1_048_576} MiB`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof LossmillError) throw error;
    return refuse(path, reasonOf(error));
  }
}

/** The system's reason in words that end users know. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const reasons: Record<string, string> = {
    ENOENT: "no such file or folder",
    EACCES: "permission denied",
    EPERM: "permission denied",
    EISDIR: "is a folder",
    ENOTDIR: "is not a folder",
    ENOSPC: "no space left on the disk",
    EDQUOT: "the disk quota is used up",
    EFBIG: "larger than a file may be",
    EROFS: "the file system is read-only",
  };
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}

function refuse(path: string, message: string): never {
  throw new LossmillError("BAD_PORTFOLIO", { place: printable(path), message });
}
