import { terminal } from "./src/command-line.ts";
import { scalingMain } from "./src/scaling-main.ts";

process.exitCode = await scalingMain(process.argv.slice(2), terminal);
