import { existsSync, readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { fileURLToPath } from "node:url";

/** A line of source: of TypeScript where a source map leads there, else of what runs. */
export interface SourceLine {
  /** Its path. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

interface SourceFile {
  readonly path: string;
  readonly lines: readonly string[];
  readonly map: SourceMap | null;
}

/** A function that finds the source of line `line`, counted from 1, of the module at `url`; null where there is no file. Files are read once. */
export function sourceReader(): (url: string, line: number) => SourceLine | null {
  const files = new Map<string, SourceFile | null>();

  function fileAt(url: string): SourceFile | null {
    if (!files.has(url)) files.set(url, readSource(url));
    return files.get(url)!;
  }

  return (url, line) => {
    const file = fileAt(url);
    if (file === null) return null;
    const text = file.lines[line - 1] ?? "";
    const entry = file.map?.findEntry(line - 1, text.search(/\S|$/));
    if (entry && "originalSource" in entry) {
      const original = fileAt(new URL(entry.originalSource, url).href);
      const at = entry.originalLine;
      if (original !== null) return { file: original.path, line: at + 1, text: original.lines[at]?.trim() ?? "" };
    }
    return { file: file.path, line, text: text.trim() };
  };
}

function readSource(url: string): SourceFile | null {
  if (!url.startsWith("file:")) return null;
  const { pathname } = new URL(url);
  const path = fileURLToPath(new URL(pathname, "file:"));
  if (!existsSync(path)) return null;
  const text = readFileSync(path, "utf8");
  const reference = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(text)?.[1];
  return { path, lines: text.split("\n"), map: reference === undefined ? null : readMap(new URL(reference, url)) };
}

/** Null where it is not there, or is written into the file itself. */
function readMap(url: URL): SourceMap | null {
  if (url.protocol !== "file:" || !existsSync(url)) return null;
  return new SourceMap(JSON.parse(readFileSync(url, "utf8")) as SourceMapPayload);
}
