/**
 * Runs one of Lossmill's backends at the highest optimization level, as run-contestant.ts does a contestant:
 *
 *     node run-backend.ts BACKEND BOOK.json TRIALS SEED
 */
import { contestantOf } from "./contestants/shared/contestant-of.ts";
import { backends } from "./src/backends.ts";
import { printLine } from "./src/print-line.ts";

const [name = "", ...words] = process.argv.slice(2);
const backend = backends.find((candidate) => candidate.name === name);
if (backend === undefined) throw new Error(`no backend ${name}`);
await printLine(contestantOf(backend, 3), words);
