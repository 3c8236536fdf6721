import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { cpus, tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";

/** A contestant may add its own, in a line `// flags: -ffast-math`. */
const FLAGS = ["-std=c++20", "-O3", "-march=native"] as const;

/**
 * The compiled program of a C++ contestant, made where it is not yet there: it is kept in the system's temporary folder
 * under the hash of all that it is made of, the processor included (-march=native).
 */
export function compileCpp(file: string): { readonly program: string } | { readonly skipped: string } {
  const version = spawnSync("g++", ["--version"], { encoding: "utf8" });
  if (version.status !== 0) return { skipped: "no g++" };
  const flags = [...FLAGS, ...(/^\/\/ flags: (.+)$/m.exec(readFileSync(file, "utf8"))?.[1].split(" ") ?? [])];
  const hash = createHash("sha256");
  for (const text of [version.stdout, cpus()[0]?.model ?? "", ...flags, ...sourcesOf(file)]) hash.update(`${text}\0`);
  const folder = join(tmpdir(), `lossmill-contestants-${userInfo().uid}`);
  const program = join(folder, hash.digest("hex").slice(0, 32));
  if (existsSync(program)) return { program };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Two processes may compile at once: each writes a file of its own, and the last to finish replaces an equal one.
  const unfinished = `${program}-${process.pid}`;
  const { status, stderr } = spawnSync("g++", [...flags, file, "-o", unfinished], { encoding: "utf8" });
  if (status !== 0) {
    rmSync(unfinished, { force: true });
    return { skipped: `g++ failed: ${/error: (.*)/.exec(stderr)?.[1] ?? `ended with ${status}`}` };
  }
  renameSync(unfinished, program);
  return { program };
}

/** The text of the file, of those beside it, which it may include, and of every header that contestants share. */
function sourcesOf(file: string): string[] {
  const folder = dirname(file);
  return [file, ...filesIn(folder, ".cpp"), ...filesIn(join(folder, "shared"), ".hpp")].map((path) =>
    readFileSync(path, "utf8"),
  );
}

function filesIn(folder: string, extension: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(extension)) : [];
  return names.sort().map((name) => join(folder, name));
}
