import type { Fault } from "../errors.ts";
import { type Column, csvColumns, headerComplaints } from "./csv-columns.ts";
import { MOST_FAULTS, type Path, placeOf, refuse, refuseAt } from "./faults.ts";

/** What a CSV file holds, as a portfolio's `policies`. */
export interface CsvPolicies {
  readonly policies: readonly unknown[];
  /** The place of a path in the portfolio, with its row and column. */
  readonly locate: (path: Path) => string;
}

const MOST_CELLS = 1_000;

/** A decimal number as JSON has it: no plus sign, no thousands separators, no formulas, no spaces. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Takes rows one by one, so that a file that is no portfolio is refused before it is read to its end. */
export function policyReader() {
  const policies: unknown[] = [];
  const rowOf: number[] = [];
  const faults: Fault[] = [];
  let columns: readonly Column[] | undefined;
  let row = 0;
  const take = (cells: readonly string[]): void => {
    row += 1;
    if (cells.length === 1 && cells[0] === "") return;
    if (cells.length > MOST_CELLS) refuseAt(`row ${row}`, `more than ${MOST_CELLS} cells`);
    if (columns === undefined) {
      columns = readHeader(cells, row);
      return;
    }
    if (cells.length !== columns.length) {
      faults.push({ place: `row ${row}`, message: `expected ${columns.length} cells, found ${cells.length}` });
      if (faults.length >= MOST_FAULTS) refuse(faults);
      return;
    }
    rowOf.push(row);
    policies.push(policyOf(columns, cells));
    const law = cells[columns.findIndex(({ name }) => name === "severity")];
    if (!csvColumns().nestedLaws.has(law)) return;
    const message = `the law ${law} is made of other laws, which cells cannot hold: use YAML or JSON`;
    faults.push({ place: locate(["policies", policies.length - 1, "severity", "law"], columns, rowOf), message });
  };
  const finish = (): CsvPolicies => {
    if (columns === undefined) refuseAt("portfolio", "the file is empty");
    if (faults.length > 0) refuse(faults);
    return { policies, locate: (path) => locate(path, columns ?? [], rowOf) };
  };
  return { take, finish, rows: () => row };
}

function locate(path: Path, columns: readonly Column[], rowOf: readonly number[]): string {
  const place = placeOf(path);
  const [top, i, ...inner] = path;
  if (top !== "policies" || typeof i !== "number") return place;
  const column = columns.find((candidate) => candidate.path.every((step, depth) => step === inner[depth]));
  return `${place} (row ${rowOf[i]}${column === undefined ? "" : `, column ${column.name}`})`;
}

function readHeader(names: readonly string[], row: number): Column[] {
  const { byName } = csvColumns();
  const faults = headerComplaints(names).map(([i, message]) => ({ place: `row ${row}, column ${i + 1}`, message }));
  for (const needed of ["id", "frequency", "severity"]) {
    if (!names.includes(needed)) faults.push({ place: `row ${row}`, message: `the column ${needed} is missing` });
  }
  if (faults.length > 0) refuse(faults);
  return names.flatMap((name) => byName.get(name) ?? []);
}

/** The policy of a row; an empty cell is not given. Cells that are not what their column holds stay text. */
function policyOf(columns: readonly Column[], cells: readonly string[]): object {
  const policy: Record<string, unknown> = { frequency: {}, severity: {} };
  for (const [i, column] of columns.entries()) {
    if (cells[i] === "") continue;
    let parent = policy;
    for (const step of column.path.slice(0, -1)) parent = (parent[step] ??= {}) as Record<string, unknown>;
    parent[column.path[column.path.length - 1]] = valueOf(cells[i], column);
  }
  return policy;
}

function valueOf(cell: string, { kind }: Column): unknown {
  if (kind === "number") return numberOf(cell);
  if (kind === "list") return cell.split(";").map(numberOf);
  // Spreadsheets write TRUE.
  if (kind === "flag" && /^(?:true|false)$/i.test(cell)) return cell.toLowerCase() === "true";
  return cell;
}

function numberOf(cell: string): number | string {
  return NUMBER.test(cell) ? Number(cell) : cell;
}
