import { open } from "node:fs/promises";
import type { Plan } from "@lossmill/core";
import { type RowsFile, policiesOf } from "./rows.ts";

const ROWS = 8192;

/** One row a trial in trial order, numbers in shortest round-trip form; a column a policy where the plan has them. */
export async function csvFile(path: string, plan: Plan): Promise<RowsFile> {
  const file = await open(path, "w");
  const head = ["trial", "total", "max_occurrence", "claims", ...policiesOf(plan).map(quoted)];
  await file.write(`${head.join(",")}\n`);
  return {
    async add({ start, total, maxOccurrence, claims, byPolicy }) {
      for (let first = 0; first < total.length; first += ROWS) {
        let text = "";
        for (let i = first; i < Math.min(first + ROWS, total.length); i++) {
          text += `${start + i},${total[i]},${maxOccurrence[i]},${claims[i]}`;
          for (const losses of byPolicy) text += `,${losses[i]}`;
          text += "\n";
        }
        await file.write(text);
      }
    },
    end: () => file.close(),
    abandon: () => file.close(),
  };
}

/** A name as a cell that no spreadsheet takes for a formula (RFC 4180; OWASP, CSV injection). */
function quoted(id: string): string {
  const safe = /^[=+\-@\t\r]/.test(id) ? `'${id}` : id;
  return `"${safe.replaceAll('"', '""')}"`;
}
