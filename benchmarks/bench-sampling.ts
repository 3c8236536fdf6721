import { terminal } from "./src/command-line.ts";
import { samplingMain } from "./src/sampling-main.ts";

process.exitCode = await samplingMain(process.argv.slice(2), terminal);
