import { autoMain } from "./src/auto-main.ts";
import { terminal } from "./src/command-line.ts";

process.exitCode = await autoMain(process.argv.slice(2), terminal);
