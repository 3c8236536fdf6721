import type { Statement } from "./modules.ts";

/** Of a file, or of all together. */
export interface Share {
  readonly statements: number;
  readonly covered: number;
  /** Two decimals, rounded down: 100 only where all ran. */
  readonly percent: number;
}

export interface WasmCoverage extends Share {
  readonly files: Readonly<Record<string, Share & { readonly uncoveredLines: readonly number[] }>>;
}

/** `hits`: numbers of statements that ran, one a line, in any order, as often as it comes. */
export function coverageOf(statements: readonly Statement[], hits: string): WasmCoverage {
  const ran = new Set(hits.split("\n").filter(Boolean).map(Number));
  const files: Record<string, WasmCoverage["files"][string]> = {};
  for (const name of new Set(statements.map(({ file }) => file))) {
    const own = statements
      .map((statement, id) => ({ ...statement, ran: ran.has(id) }))
      .filter(({ file }) => file === name);
    const missed = own.filter((statement) => !statement.ran).map(({ line }) => line);
    files[name] = { ...shareOf(own.length, own.length - missed.length), uncoveredLines: [...new Set(missed)] };
  }
  const covered = statements.filter((_, id) => ran.has(id)).length;
  return { ...shareOf(statements.length, covered), files };
}

function shareOf(statements: number, covered: number): Share {
  const percent = statements === 0 ? 100 : Math.floor((10_000 * covered) / statements) / 100;
  return { statements, covered, percent };
}

/** As c8 prints it: one file a line, and what did not run. */
export function coverageTable({ files, ...all }: WasmCoverage): string {
  const rows = Object.entries(files).map(([file, share]) => [
    file,
    `${share.covered}/${share.statements}`,
    `${share.percent} %`,
    share.uncoveredLines.join(","),
  ]);
  rows.push(["AssemblyScript", `${all.covered}/${all.statements}`, `${all.percent} %`, ""]);
  const width = (column: number) => Math.max(...rows.map((row) => row[column].length));
  return rows
    .map(([file, share, percent, lines]) =>
      `${file.padEnd(width(0))}  ${share.padStart(width(1))}  ${percent.padStart(width(2))}  ${lines}`.trimEnd(),
    )
    .join("\n");
}
