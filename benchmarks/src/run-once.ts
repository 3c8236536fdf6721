import { execFile } from "node:child_process";
import type { ContestantLine } from "./contestant.ts";

/** What came of one process: its line, or why there is none. */
export type Outcome = ContestantLine | { readonly failed: string };

/**
 * glibc gives freed memory back to the system after every NumPy temporary and faults it in again for the next, which
 * doubled the time of some NumPy runs (25 to 55 ns a claim on W2). Every contestant gets an allocator that keeps it.
 */
const ALLOCATOR = { MALLOC_TRIM_THRESHOLD_: "268435456", MALLOC_MMAP_THRESHOLD_: "268435456" };

/** Runs `command BOOK TRIALS SEED` to its end and reads the one line that it prints. */
export function runOnce(command: readonly string[], book: string, trials: number, seed: number): Promise<Outcome> {
  const [file = "", ...words] = command;
  return new Promise((resolve) => {
    execFile(
      file,
      [...words, book, String(trials), String(seed)],
      { env: { ...process.env, ...ALLOCATOR } },
      (error, stdout, stderr) =>
        resolve(error ? { failed: faultIn(stderr) ?? `ended with ${error.code ?? error.signal}` } : lineOf(stdout)),
    );
  });
}

function lineOf(stdout: string): Outcome {
  let line: unknown;
  try {
    line = JSON.parse(stdout);
  } catch {
    return { failed: "printed something else than one line of JSON" };
  }
  if (isRecord(line) && typeof line["skipped"] === "string") return { skipped: line["skipped"] };
  const numbers = ["mean", "sd", "seconds", "cpuSeconds"] as const;
  const missing = isRecord(line) ? numbers.filter((name) => typeof line[name] !== "number") : numbers;
  if (missing.length > 0) return { failed: `printed no ${missing.join(", ")}` };
  return line as ContestantLine;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The line of a stack trace that names the error. */
function faultIn(stderr: string): string | undefined {
  return stderr.split("\n").find((line) => /^\w*(Error|Exception)\b/.test(line));
}
