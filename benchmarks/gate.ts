import { terminal } from "./src/command-line.ts";
import { gateMain } from "./src/gate/gate-main.ts";

process.exitCode = await gateMain(process.argv.slice(2), terminal);
