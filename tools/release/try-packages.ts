// Installs packed packages into an empty folder, with an empty home, and uses them as a stranger would, on this Node and on
// those of the PATH: pnpm release:try TARBALLS [--major N]; the tarballs are release:dry's.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { done } from "./command.ts";
import { nodesToTry } from "./nodes.ts";
import { tryCommandLine } from "./try-command-line.ts";
import { tryLibrary } from "./try-library.ts";

const { positionals, values } = parseArgs({ allowPositionals: true, options: { major: { type: "string" } } });
const tarballs = resolve(positionals[0] ?? "tarballs");
const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "lossmill-packages-"));
try {
  const faults = tryPackages();
  for (const fault of faults) process.stderr.write(`✗ ${fault}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function tryPackages(): string[] {
  mkdirSync(join(folder, "home"));
  const nodes = nodesToTry(join(folder, "home"), root);
  if (values.major && !nodes.some(({ version }) => version.startsWith(`${values.major}.`))) {
    return [`no Node ${values.major} on the PATH, only ${nodes.map(({ version }) => version).join(", ")}`];
  }
  const files = readdirSync(tarballs).filter((name) => name.endsWith(".tgz"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "stranger", private: true, type: "module" }));
  const types = manifest(root).devDependencies["@types/node"];
  const paths = files.map((name) => join(tarballs, name));
  const asked = ["install", "--no-audit", "--no-fund", "--prefer-offline", ...paths, `@types/node@${types}`];
  done("npm", asked, { cwd: folder, env: nodes[0].env });
  const packages = Object.keys(manifest(folder).dependencies).filter((name) => !name.startsWith("@types/"));
  const { version } = manifest(join(folder, "node_modules/lossmill"));
  console.log(`${packages.length} packages of version ${version} installed`);

  const tried = nodes.map((node) => {
    const found = tryCommandLine(folder, version, node);
    console.log(`command line on Node ${node.version}: ${found.faults.length === 0 ? "works" : "FAILED"}`);
    return found;
  });
  const isSame = tried.every(({ answer }) => answer === tried[0].answer);
  const library = tryLibrary(folder, packages, nodes);
  console.log(`examples of ${packages.length} READMEs: ${library.length === 0 ? "type-check and run" : "FAILED"}`);
  return [
    ...tried.flatMap(({ faults }) => faults),
    ...(isSame ? [] : ["the same seed gives other figures on another Node"]),
    ...library,
  ];
}

function manifest(at: string) {
  return JSON.parse(readFileSync(join(at, "package.json"), "utf8")) as {
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
    readonly devDependencies: Readonly<Record<string, string>>;
  };
}
