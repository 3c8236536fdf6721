import Table from "cli-table3";
import type { Machine } from "../machine.ts";
import { machineLine } from "../machine.ts";
import { markdownTable } from "../table.ts";
import type { GateReport } from "./gate-report.ts";

/** What `pnpm gate` found, and of what. */
export interface GateRecord {
  readonly format: 1;
  readonly date: string;
  readonly machine: Machine;
  readonly base: { readonly name: string; readonly commit: string };
  /** `changed`: there were changes that were not committed. */
  readonly head: { readonly commit: string; readonly changed: boolean };
  readonly seed: number;
  readonly passed: boolean;
  readonly gates: readonly GateReport[];
}

/** One gate for the terminal. */
export function gateTable({ gate, passed, problems, notes, head, rows }: GateReport): string {
  const table = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  for (const row of rows) table.push([...row]);
  const lines = [...problems.map((problem) => `  ${problem}`), ...notes.map((note) => `  note: ${note}`)];
  return [`${gate}: ${word(passed)}`, ...lines, ...(rows.length > 0 ? [table.toString()] : []), ""].join("\n");
}

/** The whole record for a pull request: what fails on top, the tables folded. */
export function gateMarkdown(record: GateRecord): string {
  const { base, head, machine, gates } = record;
  const changed = head.changed ? " and changes that are not committed" : "";
  return `## Gate: ${word(record.passed)}

${head.commit.slice(0, 12)}${changed} against ${base.commit.slice(0, 12)} (${base.name}); ${machineLine(machine)}

${gates.map(gateSection).join("\n")}`;
}

function gateSection({ gate, passed, problems, notes, head, rows }: GateReport): string {
  const lines = [...problems.map((problem) => `- **${problem}**\n`), ...notes.map((note) => `- ${note}\n`)].join("");
  const table =
    rows.length > 0 ? `<details><summary>${gate}</summary>\n\n${markdownTable(head, rows, 1)}\n</details>\n` : "";
  return `### ${gate}: ${word(passed)}\n\n${lines}${lines && table ? "\n" : ""}${table}`;
}

function word(passed: boolean): string {
  return passed ? "passed" : "failed";
}
