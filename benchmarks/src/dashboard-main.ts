import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { bundle } from "../dashboard/bundle.ts";
import { page } from "../dashboard/page.ts";
import { type Terminal, exitCodeOf, optionsOf } from "./command-line.ts";
import { HISTORY, readHistory } from "./history/history.ts";
import { NUMPY, OURS } from "./ours.ts";

const DIST = fileURLToPath(new URL("../dashboard/dist", import.meta.url));
const STYLE = new URL("../dashboard/app/style.css", import.meta.url);

interface Given {
  readonly records: string;
  readonly out: string;
}

/** Writes the dashboard and returns the exit code: 2 for bad options, or a record that is none. */
export function dashboardMain(args: readonly string[], terminal: Terminal): Promise<number> {
  return exitCodeOf(async () => {
    const { records, out } = readOptions(args);
    const data = { records: readHistory(records), ours: OURS, rival: NUMPY };
    const html = page(data, { style: readFileSync(STYLE, "utf8"), script: await bundle() });
    mkdirSync(out, { recursive: true });
    const path = join(out, "index.html");
    writeFileSync(`${path}.unfinished`, html);
    renameSync(`${path}.unfinished`, path);
    terminal.out(`${path}: ${data.records.length} records, ${Math.round(html.length / 1000)} kB\n`);
    return 0;
  }, terminal);
}

function readOptions(args: readonly string[]): Given {
  const command = new Command("dashboard")
    .description("Writes the dashboard, one page that needs no other file, from the records of the history.")
    .option("--records <folder>", "where the history is kept", HISTORY)
    .option("--out <folder>", "where to write index.html", DIST);
  return optionsOf(command, args) as Given;
}
