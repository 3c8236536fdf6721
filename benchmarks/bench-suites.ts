import { terminal } from "./src/command-line.ts";
import { suitesMain } from "./src/suites-main.ts";

process.exitCode = await suitesMain(process.argv.slice(2), terminal);
