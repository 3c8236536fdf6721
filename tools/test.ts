// Runs one package's tests with V8 coverage written raw into its own folder; tools/coverage.ts merges them all.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const raw = join(process.cwd(), "coverage", "raw");
rmSync(raw, { recursive: true, force: true });
const vitest = join(createRequire(import.meta.url).resolve("vitest/package.json"), "..", "vitest.mjs");
const { status } = spawnSync(process.execPath, [vitest, "run", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, NODE_V8_COVERAGE: raw },
});
process.exit(status ?? 1);
