import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Finished, command } from "./command.ts";
import type { NodeToTry } from "./nodes.ts";

const BOOK = `name: Motor, 2027
currency: EUR
policies:
  - id: motor-private
    copies: 50
    frequency: { law: negativeBinomial, size: 4, prob: 0.8 }
    severity: { law: gamma, shape: 2, scale: 4000 }
    terms:
      occurrence: { deductible: 500, limit: 100000 }
      aggregate: { limit: 250000 }
`;

const SIMULATE = ["simulate", "book.yaml", "--trials", "20000", "--seed", "42"];

/** What the first bytes of a file of losses are. */
const BEGINNINGS = { "out.arrow": "ARROW1", "out.parquet": "PAR1", "out.csv": "trial,total,max_occurrence,claims" };

/**
 * Runs the installed command line through what it does, each part of it that is loaded on demand included. Returns what is wrong,
 * and the figures of the main job, which have to be the same everywhere.
 */
export function tryCommandLine(folder: string, version: string, node: NodeToTry) {
  const faults: string[] = [];
  const script = join(folder, "node_modules/lossmill/bundle/cli.js");
  const expectThat = (isRight: boolean, args: readonly string[], { code, stdout, stderr }: Finished) => {
    if (isRight) return;
    const shown = [stdout, stderr].map((text) => text.slice(0, 2000)).join("");
    faults.push(`Node ${node.version}: lossmill ${args.join(" ")}: exit code ${code}\n${shown}`);
  };
  const run = (...args: string[]) => command(node.path, [script, ...args], { cwd: folder, env: node.env });
  const runs = (pattern: RegExp, ...args: string[]) => {
    const finished = run(...args);
    expectThat(finished.code === 0 && finished.stderr === "" && pattern.test(finished.stdout), args, finished);
  };
  const figures = (...args: string[]) => {
    const all = [...SIMULATE, "--json", ...args];
    const finished = run(...all);
    expectThat(finished.code === 0 && finished.stderr === "", all, finished);
    const { mean, sd, claims, quantiles } = JSON.parse(finished.stdout || "{}") as Record<string, unknown>;
    return JSON.stringify({ mean, sd, claims, quantiles });
  };

  writeFileSync(join(folder, "book.yaml"), BOOK);
  const shown = command("npx", ["--no-install", "lossmill", "--version"], { cwd: folder, env: node.env });
  expectThat(shown.code === 0 && shown.stdout.trim() === version, ["--version, by npx"], shown);
  const main = command("npx", ["--no-install", "lossmill", ...SIMULATE], { cwd: folder, env: node.env });
  expectThat(main.code === 0 && /^mean +\d/m.test(main.stdout) && main.stderr === "", ["simulate, by npx"], main);

  const answer = figures();
  for (const args of [
    ["--backend", "vectorized"],
    ["--backend", "workers", "--workers", "2"],
  ]) {
    if (figures(...args) !== answer) faults.push(`Node ${node.version}: other figures with ${args.join(" ")}`);
  }
  for (const kernel of ["naive", "vectorized"]) figures("--backend", "workers", "--kernel", kernel, "--workers", "2");
  for (const [name, beginning] of Object.entries(BEGINNINGS)) {
    runs(/^mean/m, ...SIMULATE, "--losses", name);
    const bytes = existsSync(join(folder, name)) ? readFileSync(join(folder, name), "latin1") : "";
    if (!bytes.startsWith(beginning)) faults.push(`Node ${node.version}: ${name} does not begin with ${beginning}`);
  }
  runs(/motor-private/, "plan", "book.yaml");
  runs(/exact: no random number/, "exact", "book.yaml");
  runs(/ 0 failed: passed/, "verify", "book.yaml", "--trials", "20000", "--seed", "1");
  runs(/^severities +[1-9]/m, "profile", "book.yaml", "--trials", "200000", "--seed", "1", "--backend", "vectorized");
  runs(/^mean/m, ...SIMULATE, "--checkpoint", `run-${node.version}`, "--until", "mean < 1%");
  const logged = run(...SIMULATE, "-v", "2", "--log", "json");
  expectThat(logged.code === 0 && logged.stderr.includes('"name":"lossmill"'), ["simulate --log json"], logged);

  writeFileSync(join(folder, "wrong.yaml"), BOOK.replace("shape: 2", "shape: -2"));
  const wrong = run("simulate", "wrong.yaml", "--losses", "none.csv");
  const isOneLine = /^lossmill: .*policies\[0\]\.severity\.shape.*\n$/.test(wrong.stderr);
  expectThat(
    wrong.code === 2 && isOneLine && wrong.stdout === "" && !existsSync(join(folder, "none.csv")),
    ["simulate wrong.yaml"],
    wrong,
  );
  // Loaded apart from the bundle, with errors of its own.
  const missing = run("profile", "missing.yaml");
  const isTold = missing.stderr === "lossmill: missing.yaml: no such file or folder\n";
  expectThat(missing.code === 2 && isTold, ["profile missing.yaml"], missing);
  return { faults: [...faults, ...unloadable(folder, node)], answer };
}

/** Files of the bundle that cannot be loaded, because something that they import is not there. */
function unloadable(folder: string, node: NodeToTry): string[] {
  const bundle = join(folder, "node_modules/lossmill/bundle");
  const names = readdirSync(bundle).filter((name) => name.endsWith(".js") && name !== "cli.js");
  const imports = names.map((name) => `await import("./node_modules/lossmill/bundle/${name}");`);
  writeFileSync(join(folder, "load-all.mjs"), imports.join("\n"));
  const { code, stderr } = command(node.path, ["load-all.mjs"], { cwd: folder, env: node.env });
  return code === 0 ? [] : [`Node ${node.version}: a file of the bundle cannot be loaded\n${stderr}`];
}
