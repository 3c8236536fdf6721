/** Text as it may be stored and as it is shown in a message: one line, nothing hidden, of bounded length. */

/**
 * What an id or a name may not hold: control characters, line separators, direction overrides and lone surrogates. They
 * break tables, move the cursor of a terminal, make a text read differently from what it is, or cannot be written as UTF-8.
 */
const HIDDEN = "\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff";

/** Matches printable text; with the flag u, \ud800-\udfff are lone surrogates only. */
export const PRINTABLE = new RegExp(`^[^${HIDDEN}]*$`, "u");

const EACH_HIDDEN = new RegExp(`[${HIDDEN}]`, "gu");

/** `text` in quotes as an error shows it: at most 40 characters, hidden ones as \uXXXX. */
export function quote(text: string): string {
  const cut = text.length > 40 ? `${text.slice(0, 40).replace(/[\ud800-\udbff]$/, "")}…` : text;
  return escapeHidden(JSON.stringify(cut));
}

/** `text` with every hidden character written as \uXXXX. */
export function escapeHidden(text: string): string {
  return text.replace(EACH_HIDDEN, (hidden) => `\\u${hidden.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A value as an error shows it: what it is, never all that is in it. */
export function describe(value: unknown): string {
  if (value === null) return "nothing (null)";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  switch (typeof value) {
    case "string":
      return quote(value);
    case "number":
      return Number.isFinite(value) || Number.isNaN(value) ? String(value) : `${value} (beyond ±1.8e308)`;
    case "boolean":
      return String(value);
    case "object":
      return "an object";
    default:
      return `a ${typeof value}`;
  }
}

/** Where `offset` lies in `text`, as an editor counts: `line 3, column 7`. */
export function lineColumn(text: string, offset: number): string {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1 && end < offset; end = text.indexOf("\n", start)) {
    line += 1;
    start = end + 1;
  }
  return `line ${line}, column ${offset - start + 1}`;
}
