import { CsvError, parse } from "csv-parse/sync";
import { type CsvPolicies, policyReader } from "./csv-policies.ts";
import { refuseAt } from "./faults.ts";
import { escapeHidden, lineColumn } from "./shown.ts";

/** Reads a portfolio of one policy a row (docs/portfolio.md). */

const MOST_ROWS = 1_000_000;
/** Characters in one row: room for a list of 100,000 numbers. */
const LONGEST_ROW = 4 * 1024 * 1024;

const SYNTAX: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quoted cell that starts here or below is never closed",
  CSV_INVALID_CLOSING_QUOTE: 'text after the closing quote of a cell; a quote within a quoted cell is written ""',
  INVALID_OPENING_QUOTE: 'a quote within a cell that is not quoted; quote the whole cell and write the quote ""',
  CSV_MAX_RECORD_SIZE: `a row of more than ${LONGEST_ROW} bytes`,
};

/** The policies that `text` holds. Throws LossmillError BAD_PORTFOLIO; the header is row 1, and blank rows count. */
export function readCsv(text: string): CsvPolicies {
  const half = text.search(/[\ud800-\udfff]/u);
  if (half !== -1) refuseAt(lineColumn(text, half), "half a character (a lone surrogate)");
  checkRows(text);
  const reader = policyReader();
  try {
    parse(text, {
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      max_record_size: LONGEST_ROW,
      on_record: (cells: string[]) => {
        reader.take(cells);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    refuseAt(`row ${reader.rows() + 1}`, SYNTAX[error.code] ?? escapeHidden(error.message), error);
  }
  return reader.finish();
}

/** Bounds the number and the length of rows before a parser makes millions of them. */
function checkRows(text: string): void {
  let rows = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== 10 && code !== 13 && i < text.length) continue;
    rows += 1;
    if (rows > MOST_ROWS + 1) refuseAt(`row ${rows}`, `more than ${MOST_ROWS} rows`);
    if (i - start > LONGEST_ROW) refuseAt(`row ${rows}`, `a row of more than ${LONGEST_ROW} characters`);
    if (code === 13 && text.charCodeAt(i + 1) === 10) i += 1;
    start = i + 1;
  }
}
