import { readFileSync } from "node:fs";
import { type Contestant, type ContestantLine, Unsupported } from "./contestant.ts";
import { measure } from "./measure.ts";

/** Measures a contestant in this process and prints its one line of JSON; words are BOOK.json TRIALS SEED. */
export async function printLine(contestant: Contestant, words: readonly string[]): Promise<void> {
  process.stdout.write(`${JSON.stringify(await lineOf(contestant, words))}\n`);
}

async function lineOf(contestant: Contestant, words: readonly string[]): Promise<ContestantLine> {
  const [book = "", trials = "", seed = ""] = words;
  try {
    const simulate = contestant.load(readFileSync(book, "utf8"));
    const versions = { node: process.versions.node, ...contestant.versions };
    return { ...(await measure(simulate, Number(trials), seed)), versions };
  } catch (error) {
    if (error instanceof Unsupported) return { skipped: error.message };
    throw error;
  }
}
