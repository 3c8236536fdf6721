import { refuseAt } from "./faults.ts";

/** The largest file that is read, in bytes. */
export const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The text of a file: strict UTF-8, with or without a byte order mark. Throws LossmillError BAD_PORTFOLIO where the file is
 * larger than 64 MiB or not UTF-8, naming the line.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES) {
    refuseAt("portfolio", `expected a file of at most ${MOST_BYTES} bytes (64 MiB), found ${bytes.length}`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuseAt(`line ${lineOf(bytes, firstWrongByte(bytes))}`, "this is not UTF-8 text; save the file as UTF-8");
  }
}

/** Where the text stops being UTF-8, by bisection: decoding any longer piece fails. */
function firstWrongByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isText(bytes.subarray(0, middle), middle < bytes.length)) good = middle;
    else bad = middle;
  }
  return good;
}

function isText(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}

function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = bytes.indexOf(10); i !== -1 && i < offset; i = bytes.indexOf(10, i + 1)) line += 1;
  return line;
}
