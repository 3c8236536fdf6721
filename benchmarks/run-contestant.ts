/**
 * Runs one TypeScript contestant in this process and prints one line of JSON, as contestants in other languages do:
 *
 *     node run-contestant.ts CONTESTANT.ts BOOK.json TRIALS SEED
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { type Contestant, type ContestantLine, Unsupported } from "./src/contestant.ts";
import { measure } from "./src/measure.ts";

const [file = "", book = "", trials = "", seed = ""] = process.argv.slice(2);
const { contestant } = (await import(pathToFileURL(file).href)) as { contestant: Contestant };

async function run(): Promise<ContestantLine> {
  try {
    const simulate = contestant.load(readFileSync(book, "utf8"));
    const versions = { node: process.versions.node, ...contestant.versions };
    return { ...(await measure(simulate, Number(trials), seed)), versions };
  } catch (error) {
    if (error instanceof Unsupported) return { skipped: error.message };
    throw error;
  }
}

process.stdout.write(`${JSON.stringify(await run())}\n`);
