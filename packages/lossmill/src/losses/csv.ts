import type { Plan } from "@lossmill/core";
import type { Encoder } from "./encoder.ts";
import { type Rows, furtherNames, furtherOf } from "./rows.ts";

const ROWS = 8192;

/** One row a trial in trial order, numbers in shortest round-trip form; weights and a column a policy where the plan has them. */
export function csvEncoder(plan: Plan): Encoder {
  return {
    begin() {
      const head = ["trial", "total", "max_occurrence", "claims", ...furtherNames(plan, quoted)];
      return Buffer.from(`${head.join(",")}\n`);
    },
    encode: textOf,
    end: () => Buffer.alloc(0),
    save: () => null,
  };
}

function* textOf(rows: Rows): Generator<Uint8Array> {
  const { start, total, maxOccurrence, claims } = rows;
  const further = furtherOf(rows);
  for (let first = 0; first < total.length; first += ROWS) {
    let text = "";
    for (let i = first; i < Math.min(first + ROWS, total.length); i++) {
      text += `${start + i},${total[i]},${maxOccurrence[i]},${claims[i]}`;
      for (const column of further) text += `,${column[i]}`;
      text += "\n";
    }
    yield Buffer.from(text);
  }
}

/** A name as a cell that no spreadsheet takes for a formula (RFC 4180; OWASP, CSV injection). */
function quoted(id: string): string {
  const safe = /^[=+\-@\t\r]/.test(id) ? `'${id}` : id;
  return `"${safe.replaceAll('"', '""')}"`;
}
