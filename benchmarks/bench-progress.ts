import { terminal } from "./src/command-line.ts";
import { progressMain } from "./src/progress-main.ts";

process.exitCode = await progressMain(process.argv.slice(2), terminal);
