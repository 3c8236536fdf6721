import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { TrialLosses } from "@lossmill/core";

const ROWS = 8192;

/** One row a trial in trial order, numbers in shortest round-trip form. */
export async function writeCsv(path: string, losses: TrialLosses): Promise<void> {
  await pipeline(Readable.from(chunks(losses)), createWriteStream(path));
}

function* chunks({ total, maxOccurrence, claims }: TrialLosses): Generator<string> {
  yield "trial,total,max_occurrence,claims\n";
  for (let start = 0; start < total.length; start += ROWS) {
    let text = "";
    for (let t = start; t < Math.min(start + ROWS, total.length); t++) {
      text += `${t},${total[t]},${maxOccurrence[t]},${claims[t]}\n`;
    }
    yield text;
  }
}
