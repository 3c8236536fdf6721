import { open } from "node:fs/promises";
import type { RowsFile } from "./rows.ts";

const ROWS = 8192;

/** One row a trial in trial order, numbers in shortest round-trip form. */
export async function csvFile(path: string): Promise<RowsFile> {
  const file = await open(path, "w");
  await file.write("trial,total,max_occurrence,claims\n");
  return {
    async add({ start, total, maxOccurrence, claims }) {
      for (let first = 0; first < total.length; first += ROWS) {
        let text = "";
        for (let i = first; i < Math.min(first + ROWS, total.length); i++) {
          text += `${start + i},${total[i]},${maxOccurrence[i]},${claims[i]}\n`;
        }
        await file.write(text);
      }
    },
    end: () => file.close(),
    abandon: () => file.close(),
  };
}
