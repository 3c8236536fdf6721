/**
 * Watches a kernel by one of the tools below, whose pages go to out/.
 *
 *     pnpm flame [BOOK] [--backend B] [--tool T] [--trials N]
 */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { basename, extname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";

const HERE = import.meta.dirname;
const W2 = join(HERE, "../fixtures/workloads/W2.json");
const BACKENDS = ["wasm", "vectorized", "naive"];

/** A tool's command line in front of `node …`; what it writes goes to the folder `out`. */
type Tool = (out: string) => readonly [command: string, ...args: string[]];

/** 150 MB and 700 packages, a minute to install, are not for everyone who clones: it is fetched when asked for. */
const clinic = (tool: string): Tool => {
  return (out) => ["pnpm", "dlx", "clinic@13.0.0", tool, "--open=false", "--dest", out, "--"];
};

const TOOLS: Readonly<Record<string, Tool>> = {
  "0x": (out) => [join(HERE, "node_modules/.bin/0x"), "--output-dir", out, "--"],
  "clinic-doctor": clinic("doctor"),
  "clinic-heap": clinic("heapprofiler"),
};

const { book, backend, tool, trials } = asked();
const name = `${basename(book, extname(book))}-${backend}-${tool}`;
const out = join(HERE, "out", name);
rmSync(out, { recursive: true, force: true });
const [command, ...args] = TOOLS[tool](out);
const run = [process.execPath, "--conditions=source", join(HERE, "simulate.ts"), book, backend, trials];
// Clinic asks on the terminal whether it may send statistics, unless it is told not to.
const { status } = spawnSync(command, [...args, ...run], {
  stdio: "inherit",
  env: { ...process.env, NO_INSIGHT: "1" },
});
if (status !== 0) {
  const hint = tool.startsWith("clinic") ? "; it is fetched from the registry of npm, which takes a network" : "";
  end(1, `${tool} has failed${hint}`);
}
console.log(`\n${name}: pages are in ${relative(process.cwd(), out)}`);

function asked() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        backend: { type: "string", default: "vectorized" },
        tool: { type: "string", default: "0x" },
        trials: { type: "string", default: "500000" },
      },
    });
    const [given = W2, ...more] = positionals;
    if (more.length > 0) end(2, `expected one book, found ${positionals.join(", ")}`);
    if (!existsSync(given)) end(2, `${given}: no such file`);
    if (!BACKENDS.includes(values.backend)) end(2, `--backend: expected ${BACKENDS.join(", ")}`);
    if (!Object.hasOwn(TOOLS, values.tool)) end(2, `--tool: expected ${Object.keys(TOOLS).join(", ")}`);
    if (!(Number.isInteger(Number(values.trials)) && Number(values.trials) >= 1))
      end(2, "--trials: expected a whole number from 1 on");
    return { ...values, book: resolve(given) };
  } catch (error) {
    return end(2, (error as Error).message);
  }
}

function end(code: number, message: string): never {
  process.stderr.write(`flame: ${message}\n`);
  process.exit(code);
}
