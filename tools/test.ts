// Runs one package's tests, on two legs. First all but *.truth.test.ts with V8 coverage written raw into the package's own
// folder, which tools/coverage.ts merges. Then the tests of whole answers, which take minutes of simulation and transforms,
// without coverage: counting made them five times as slow and covers nothing that the others do not. Nothing outside
// packages/ counts.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

const raw = join(process.cwd(), "coverage", "raw");
rmSync(join(process.cwd(), "coverage"), { recursive: true, force: true });
const vitest = join(createRequire(import.meta.url).resolve("vitest/package.json"), "..", "vitest.mjs");
const isCounted = basename(dirname(process.cwd())) === "packages";

function run(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const all = [vitest, "run", "--passWithNoTests", ...args, ...process.argv.slice(2)];
  return spawnSync(process.execPath, all, { stdio: "inherit", env }).status ?? 1;
}

const counting = isCounted ? { NODE_V8_COVERAGE: raw } : {};
const most = run(["--exclude", "**/*.truth.test.ts"], { ...process.env, ...counting });
const whole = run(["truth.test", "--outputFile.json=coverage/tests-truth.json"], process.env);
process.exit(most === 0 ? whole : most);
