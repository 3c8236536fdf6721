import { terminal } from "./src/command-line.ts";
import { recordMain } from "./src/record-main.ts";

process.exitCode = await recordMain(process.argv.slice(2), terminal);
