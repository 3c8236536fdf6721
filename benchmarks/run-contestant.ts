/**
 * Runs one TypeScript contestant in this process and prints one line of JSON, as contestants in other languages do:
 *
 *     node run-contestant.ts CONTESTANT.ts BOOK.json TRIALS SEED
 */
import { pathToFileURL } from "node:url";
import type { Contestant } from "./src/contestant.ts";
import { printLine } from "./src/print-line.ts";

const [file = "", ...words] = process.argv.slice(2);
const { contestant } = (await import(pathToFileURL(file).href)) as { contestant: Contestant };
await printLine(contestant, words);
