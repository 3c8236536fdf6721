import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What a changeset can say of its change, on a line of its own; a reason may follow. */
export const DECLARATIONS = { bits: "changed", size: "grown" } as const;

export type Declared = keyof typeof DECLARATIONS;

/** What the changesets say that one tree has and the other does not. */
export interface Declarations {
  /** The changesets that say so, by file. */
  readonly bits: readonly string[];
  readonly size: readonly string[];
  /** Lines that look like one, and are none. */
  readonly faults: readonly string[];
}

/**
 * Reads the changesets of both trees, by their folders. A line that the base has too was said of an earlier change: it says
 * nothing of this one.
 */
export function declarationsSince(base: string, head: string): Declarations {
  const found = { bits: [] as string[], size: [] as string[], faults: [] as string[] };
  for (const [file, text] of changesetsOf(head)) {
    const before = new Set(changesetsOf(base).get(file)?.split(/\r?\n/));
    for (const line of text.split(/\r?\n/).filter((one) => !before.has(one))) {
      const [, what, said = ""] = /^(bits|size):\s*(\w*)/.exec(line) ?? [];
      if (what === undefined) continue;
      const allowed = DECLARATIONS[what as Declared];
      if (said === allowed) found[what as Declared].push(file);
      else
        found.faults.push(
          `.changeset/${file}: found "${line}"; allowed is "${what}: ${allowed}", and a reason after it`,
        );
    }
  }
  return found;
}

function changesetsOf(tree: string): Map<string, string> {
  const folder = join(tree, ".changeset");
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".md")) : [];
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}
