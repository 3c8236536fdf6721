import { dashboardMain } from "./src/dashboard-main.ts";
import { terminal } from "./src/command-line.ts";

process.exitCode = await dashboardMain(process.argv.slice(2), terminal);
