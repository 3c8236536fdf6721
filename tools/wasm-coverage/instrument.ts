// Puts a mark before every statement of an AssemblyScript source, by its own parser. Which statements of a WebAssembly
// module run, V8's coverage does not see.
import * as compiler from "assemblyscript";

/** What is used here of the parser's tree. */
interface Node {
  readonly kind: number;
  readonly range: { readonly start: number; readonly end: number };
}

interface AssemblyScript {
  readonly Parser: new () => {
    parseFile(text: string, path: string, isEntry: boolean): void;
    readonly sources: readonly Node[];
    readonly diagnostics: readonly object[];
  };
  readonly NodeKind: Readonly<Record<string, number>>;
}

// Its own types are of AssemblyScript's enums, not TypeScript's.
const { Parser, NodeKind } = compiler as unknown as AssemblyScript;

/** Declarations do nothing when control passes them, and a block is its statements. */
const UNCOUNTED = new Set(
  [
    "Block",
    "Empty",
    "FunctionDeclaration",
    "ClassDeclaration",
    "EnumDeclaration",
    "InterfaceDeclaration",
    "Import",
  ].map((name) => NodeKind[name]),
);

/** A source that tells its host of each statement, `coverage.hit(id)`, when it first comes to it. */
export interface Instrumented {
  readonly text: string;
  /** Where each statement begins, in characters of the original; the first has number `firstId`. */
  readonly starts: readonly number[];
}

/**
 * Marks the statements of functions; what is at the top of a file only names what the module starts with. Each has a global of
 * its own that remembers that it ran, so that a loop calls its host once: with a call each time tests took minutes.
 */
export function instrument(text: string, firstId: number): Instrumented {
  const parser = new Parser();
  parser.parseFile(text, "source.ts", true);
  if (parser.diagnostics.length > 0) throw new Error("AssemblyScript's parser complains of the source");
  const insertions: (readonly [at: number, text: string])[] = [];
  const starts: number[] = [];
  const markOf = ({ range }: Node) => {
    const id = firstId + starts.length;
    starts.push(range.start);
    return `if(!__ran${id}){__ran${id}=true;__hit(${id});}`;
  };
  walk(parser.sources[0], (statement, isBare) => {
    if (UNCOUNTED.has(statement.kind)) return;
    insertions.push([statement.range.start, (isBare ? "{" : "") + markOf(statement)]);
    // A statement's range ends before its semicolon.
    const { end } = statement.range;
    if (isBare) insertions.push([text[end] === ";" ? end + 1 : end, "}"]);
  });
  const globals = starts.map((_, i) => `let __ran${firstId + i}=false;`).join("");
  const head = `@external("coverage","hit") declare function __hit(id: i32): void;${globals}`;
  return { text: `${head}\n${inserted(text, insertions)}`, starts };
}

/** Calls `visit` with every statement of every function, and whether it stands where only one may: `if (a) return;`. */
function walk(node: unknown, visit: (statement: Node, isBare: boolean) => void): void {
  if (Array.isArray(node)) for (const each of node) walk(each, visit);
  if (!isNode(node)) return;
  const isSource = node.kind === NodeKind["Source"];
  for (const [key, value] of Object.entries(node)) {
    if (key === "range") continue;
    if (key === "statements" && !isSource) for (const statement of value as Node[]) visit(statement, false);
    const isBody = ["body", "ifTrue", "ifFalse"].includes(key) && isNode(value);
    if (isBody && value.kind !== NodeKind["Block"]) visit(value, true);
    walk(value, visit);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "kind" in value && "range" in value;
}

/** Stable where two fall on one place: what was found first, the outer statement, comes first. */
function inserted(text: string, insertions: readonly (readonly [number, string])[]): string {
  const sorted = insertions
    .map((insertion, i) => [...insertion, i] as const)
    .sort((a, b) => a[0] - b[0] || a[2] - b[2]);
  let result = "";
  let from = 0;
  for (const [at, what] of sorted) {
    result += text.slice(from, at) + what;
    from = at;
  }
  return result + text.slice(from);
}
