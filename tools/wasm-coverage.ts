// The coverage gate of AssemblyScript: builds each module with a mark before every statement, runs the tests of the packages
// that own them with those in place of the committed ones, and fails under 95 % of all statements.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildModules } from "./wasm-coverage/modules.ts";
import { coverageOf, coverageTable } from "./wasm-coverage/report.ts";
import { runTests } from "./wasm-coverage/run-tests.ts";

const LEAST = 95;

const folder = join(import.meta.dirname, "..", "coverage", "wasm");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const hits = join(folder, "hits.txt");
const modules = join(folder, "modules.json");
writeFileSync(hits, "");
const { replacements, statements } = await buildModules();
writeFileSync(modules, JSON.stringify(replacements));
const failed = runTests({ WASM_COVERAGE_MODULES: modules, WASM_COVERAGE_HITS: hits });
const coverage = coverageOf(statements, readFileSync(hits, "utf8"));
writeFileSync(join(folder, "summary.json"), `${JSON.stringify(coverage, null, 1)}\n`);
console.log(coverageTable(coverage));
const problems = [
  ...failed.map((name) => `${name}: its tests failed with counted modules\n`),
  ...(coverage.percent < LEAST ? [`${coverage.percent} % of AssemblyScript's statements ran; ${LEAST} % must\n`] : []),
];
process.stderr.write(problems.join(""));
process.exit(problems.length > 0 ? 1 : 0);
