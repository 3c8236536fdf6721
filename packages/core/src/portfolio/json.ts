import { refuseAt } from "./faults.ts";
import { MOST_OPEN } from "./limits.ts";
import { lineColumn, quote } from "./shown.ts";

/**
 * Reads JSON (RFC 8259) as it must be read at a door: a key given twice is an error, where `JSON.parse` silently keeps the
 * last; depth and size are bounded; and a fault has its line and column on every engine.
 */

/** A file of 64 MiB that is a book has some 4,000,000. */
const MOST_VALUES = 5_000_000;
const MOST_KEYS = 1_000;

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

interface Reader {
  readonly text: string;
  at: number;
  values: number;
}

/** The value that `text` holds. Throws LossmillError BAD_PORTFOLIO at `line n, column m`. */
export function readJson(text: string): unknown {
  const reader: Reader = { text, at: 0, values: 0 };
  skip(reader);
  if (reader.at === text.length) refuseAt("portfolio", "the file is empty");
  const value = readValue(reader, 0);
  skip(reader);
  if (reader.at < text.length) fail(reader, `expected the end of the file, found ${seen(reader)}`);
  return value;
}

function readValue(reader: Reader, depth: number): unknown {
  reader.values += 1;
  if (reader.values > MOST_VALUES) fail(reader, `more than ${MOST_VALUES} values`);
  const first = reader.text[reader.at];
  if (first === "{" || first === "[") {
    if (depth === MOST_OPEN) fail(reader, `nested more than ${MOST_OPEN} deep`);
    return first === "{" ? readObject(reader, depth + 1) : readList(reader, depth + 1);
  }
  if (first === '"') return readString(reader);
  const number = match(reader, NUMBER);
  if (number !== "") return Number(number);
  const word = match(reader, WORD);
  if (word === "") fail(reader, `expected a value, found ${seen(reader)}`);
  return WORDS[word];
}

function readObject(reader: Reader, depth: number): object {
  const object: Record<string, unknown> = {};
  if (opensEmpty(reader, "}")) return object;
  for (let keys = 1; ; keys++) {
    if (keys > MOST_KEYS) fail(reader, `more than ${MOST_KEYS} keys`);
    if (reader.text[reader.at] !== '"') fail(reader, `expected a key in double quotes, found ${seen(reader)}`);
    const start = reader.at;
    const key = readString(reader);
    if (Object.hasOwn(object, key)) {
      reader.at = start;
      fail(reader, `the key ${quote(key)} is given twice`);
    }
    skip(reader);
    if (reader.text[reader.at] !== ":") fail(reader, `expected a colon, found ${seen(reader)}`);
    reader.at += 1;
    skip(reader);
    setOwn(object, key, readValue(reader, depth));
    if (closes(reader, "}")) return object;
  }
}

function readList(reader: Reader, depth: number): unknown[] {
  const list: unknown[] = [];
  if (opensEmpty(reader, "]")) return list;
  for (;;) {
    list.push(readValue(reader, depth));
    if (closes(reader, "]")) return list;
  }
}

/** Steps over the opening bracket; true, and over the closing one as well, where nothing is between them. */
function opensEmpty(reader: Reader, close: string): boolean {
  reader.at += 1;
  skip(reader);
  if (reader.text[reader.at] !== close) return false;
  reader.at += 1;
  return true;
}

/** Steps over a comma (false) or the closing bracket (true). */
function closes(reader: Reader, close: string): boolean {
  skip(reader);
  const next = reader.text[reader.at];
  if (next !== "," && next !== close) fail(reader, `expected a comma or ${close}, found ${seen(reader)}`);
  reader.at += 1;
  if (next === ",") skip(reader);
  return next === close;
}

function readString(reader: Reader): string {
  const { text, at } = reader;
  let end = text.indexOf('"', at + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  if (end === -1) fail(reader, "the text that starts here has no closing quote");
  const raw = text.slice(at, end + 1);
  try {
    // Escapes and what may stand unescaped are the engine's business.
    const value = JSON.parse(raw) as string;
    reader.at = end + 1;
    return value;
  } catch {
    return fail(reader, `${quote(raw.slice(1, -1))} holds a line break, a control character or a wrong escape`);
  }
}

function isEscaped(text: string, quoteAt: number): boolean {
  let slashes = 0;
  while (text[quoteAt - 1 - slashes] === "\\") slashes += 1;
  return slashes % 2 === 1;
}

/** Defines `key` even where it is `__proto__`, which an assignment would take for the prototype. */
export function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== "__proto__") object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
}

function skip(reader: Reader): void {
  SPACE.lastIndex = reader.at;
  SPACE.test(reader.text);
  reader.at = SPACE.lastIndex;
}

function match(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0] ?? "";
  reader.at += found.length;
  return found;
}

function seen(reader: Reader): string {
  const { text, at } = reader;
  return at >= text.length ? "the end of the file" : quote(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

function fail(reader: Reader, message: string): never {
  return refuseAt(lineColumn(reader.text, reader.at), message);
}
