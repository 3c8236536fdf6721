// The coverage gate: merges every package's raw V8 coverage and fails under 95 % of lines, branches or functions.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const merged = join(root, "coverage", "raw");
rmSync(merged, { recursive: true, force: true });
mkdirSync(merged, { recursive: true });
for (const name of readdirSync(join(root, "packages"))) {
  const raw = join(root, "packages", name, "coverage", "raw");
  if (!existsSync(raw)) continue;
  for (const file of readdirSync(raw)) cpSync(join(raw, file), join(merged, `${name}-${file}`));
}
const c8 = join(createRequire(import.meta.url).resolve("c8/package.json"), "..", "bin", "c8.js");
const { status } = spawnSync(
  process.execPath,
  [
    c8,
    "report",
    "--all",
    "--src=packages",
    `--temp-directory=${merged}`,
    "--include=packages/*/src/**/*.ts",
    // Types only: nothing of them is left to run.
    ...[
      "backend-naive/src/quantiles/law.ts",
      "core/src/contract.ts",
      "core/src/laws/counts/count-base.ts",
      "core/src/laws/law.ts",
      "core/src/laws/severities/spec.ts",
      "exact/src/pgf/log-pgf.ts",
      "harness/src/conformance/recorded.ts",
      "harness/src/judge.ts",
    ].map((file) => `--exclude=packages/${file}`),
    "--reporter=text-summary",
    "--reporter=json-summary",
    "--reporter=text",
    "--reports-dir=coverage/report",
    "--check-coverage",
    "--lines=95",
    "--branches=95",
    "--functions=95",
    "--statements=95",
  ],
  { stdio: "inherit", cwd: root },
);
process.exit(status ?? 1);
