import { stripVTControlCharacters } from "node:util";
import Table from "cli-table3";

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
}

/** A plain table: a title row, a rule, rows; two spaces between columns. Cells must be printable; they may be coloured. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const blank = Object.fromEntries(
    ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"]
      .concat(["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"])
      .map((name) => [name, name === "middle" ? "  " : ""]),
  );
  const printed = new Table({
    chars: blank,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align = "right" }) => align),
  });
  printed.push(...rows.map((row) => [...row]));
  const [head = "", ...body] = printed
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
  return [head, "─".repeat(widthOf([head, ...body])), ...body].join("\n");
}

/** Of the longest line as it is seen: without colours. */
export function widthOf(lines: readonly string[]): number {
  return Math.max(...lines.map((line) => stripVTControlCharacters(line).length));
}
