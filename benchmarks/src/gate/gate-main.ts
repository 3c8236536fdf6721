import { existsSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { Stop, type Terminal, exitCodeOf, listOf, optionsOf, wholeNumber } from "../command-line.ts";
import { machineLine, thisMachine } from "../machine.ts";
import { type Base, type BaseTree, baseTree, findBase, git } from "./base-tree.ts";
import { gateBits } from "./bits/gate-bits.ts";
import { declarationsSince } from "./changesets.ts";
import { gateCoverage } from "./gate-coverage.ts";
import { type GateRecord, gateMarkdown, gateTable } from "./gate-record.ts";
import { GATES, type GateName, type GateReport } from "./gate-report.ts";
import { gateSize } from "./gate-size.ts";
import { gateSpeed } from "./speed/gate-speed.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

interface Options {
  readonly base?: string;
  readonly only: readonly GateName[];
  readonly json?: string;
  readonly markdown?: string;
  readonly seed: number;
}

/** Runs the gates and returns the exit code: 1 where one failed, 2 for bad options. */
export function gateMain(args: readonly string[], terminal: Terminal, root = ROOT): Promise<number> {
  return exitCodeOf(() => runGates(readOptions(args), terminal, root), terminal);
}

function readOptions(args: readonly string[]): Options {
  const command = new Command("gate")
    .description(
      "Holds this tree against an earlier one: its speed, its bits, its tests' coverage, its packages' size.",
    )
    .option("--base <ref>", "the commit to compare with (default: where the branch left origin/main or main)")
    .option("--only <gates>", `some of ${GATES.join(",")}`, listOf(GATES), [...GATES])
    .option("--seed <seed>", "of orders and intervals", wholeNumber(0, 1e9), 1)
    .option("--json <file>", "where to keep the record")
    .option("--markdown <file>", "where to write it for a pull request");
  const options = optionsOf(command, args) as Options;
  for (const name of ["json", "markdown"] as const) {
    const file = options[name];
    if (file === undefined || existsSync(dirname(resolve(file)))) continue;
    throw new Stop(`option '--${name} <file>': there is no folder ${dirname(resolve(file))}`, 2);
  }
  return options;
}

async function runGates(options: Options, terminal: Terminal, root: string): Promise<number> {
  const base = findBase(root, options.base);
  const machine = thisMachine();
  terminal.out(`${machineLine(machine)}\nbase: ${base.commit.slice(0, 12)}, ${base.name}\n\n`);
  const gates: GateReport[] = [];
  for await (const report of reports(options, base, terminal, root)) {
    terminal.progress("");
    terminal.out(`${gateTable(report)}\n`);
    gates.push(report);
  }
  const record: GateRecord = {
    format: 1,
    date: new Date().toISOString(),
    machine,
    base,
    head: { commit: git(root, "rev-parse", "HEAD") ?? "", changed: git(root, "status", "--porcelain") !== "" },
    seed: options.seed,
    passed: gates.every(({ passed }) => passed),
    gates,
  };
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(record, null, 1)}\n`);
  if (options.markdown !== undefined) writeFileSync(options.markdown, gateMarkdown(record));
  const failed = gates.filter(({ passed }) => !passed).map(({ gate }) => gate);
  terminal.out(failed.length > 0 ? `failed: ${failed.join(", ")}\n` : "passed\n");
  return failed.length > 0 ? 1 : 0;
}

/** One gate after the other. The base is there as long as it is needed, and gone when this ends, however it does. */
async function* reports(
  { only, seed }: Options,
  base: Base,
  terminal: Terminal,
  root: string,
): AsyncGenerator<GateReport> {
  if (only.includes("coverage")) {
    terminal.progress("tests and their coverage");
    yield await gateCoverage(root);
  }
  if (only.every((gate) => gate === "coverage")) return;
  terminal.progress("installing and building the base");
  const tree = baseTree(root, base);
  const release = removeOnSignal(tree);
  try {
    await tree.build();
    const trees = { base: tree.folder, head: root };
    const declarations = declarationsSince(tree.folder, root);
    if (only.includes("size")) yield await gateSize(trees, declarations);
    terminal.progress("every book in both trees");
    if (only.includes("bits")) yield await gateBits(trees, declarations);
    if (only.includes("speed")) yield await gateSpeed(trees, seed, (what) => terminal.progress(`speed: ${what}`));
  } finally {
    release();
    tree.remove();
  }
}

/** Ctrl-C, or the end of a job's time: nothing is left behind. */
function removeOnSignal(tree: BaseTree): () => void {
  const onSignal = (signal: NodeJS.Signals) => {
    tree.remove();
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, onSignal);
  return () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, onSignal);
  };
}
