import { terminal } from "./src/command-line.ts";
import { main } from "./src/main.ts";

process.exitCode = await main(process.argv.slice(2), terminal);
