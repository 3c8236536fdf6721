import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { GateReport } from "./gate-report.ts";
import { pnpm } from "./pnpm.ts";

/** Of c8's summary and of tools/wasm-coverage.ts's, what is gated. */
export interface CoverageSummaries {
  readonly typescript: Readonly<Record<"lines" | "branches" | "functions" | "statements", { readonly pct: number }>>;
  readonly assemblyscript: { readonly percent: number };
}

const LEAST = 95;

/** Runs the tests of all packages, but those whose result turbo has kept, and both coverage reports. */
export async function gateCoverage(root: string): Promise<GateReport> {
  const files = ["report/coverage-summary.json", "wasm/summary.json"].map((file) => join(root, "coverage", file));
  for (const file of files) rmSync(file, { force: true });
  const failure = await pnpm(
    { cwd: root },
    "exec",
    "turbo",
    "run",
    "coverage",
    "coverage:wasm",
    "--output-logs=errors-only",
  ).then(
    () => null,
    (error: { readonly stdout?: string }) => (error.stdout ?? "").trim().split("\n").slice(-20),
  );
  const [typescript, assemblyscript] = files.map(readJson);
  if (typescript === null || assemblyscript === null) {
    const problems = ["the tests must pass before their coverage is known", ...(failure ?? [])];
    return { gate: "coverage", passed: false, problems, notes: [], head: [], rows: [], figures: null };
  }
  const { total } = typescript as { readonly total: CoverageSummaries["typescript"] };
  const summaries = { typescript: total, assemblyscript: assemblyscript as CoverageSummaries["assemblyscript"] };
  const report = coverageReport(summaries);
  // Covered enough, and yet it failed: a test, then.
  return report.passed && failure !== null ? { ...report, passed: false, problems: failure } : report;
}

export function coverageReport({ typescript, assemblyscript }: CoverageSummaries): GateReport {
  const shares: readonly (readonly [string, number])[] = [
    ...(["lines", "branches", "functions", "statements"] as const).map(
      (what) => [`TypeScript, ${what}`, typescript[what].pct] as const,
    ),
    ["AssemblyScript, statements", assemblyscript.percent],
  ];
  const problems = shares
    // Written so that a share that is no number is a problem.
    .filter(([, share]) => !(share >= LEAST))
    .map(([what, share]) => `${what}: ${share} %; at least ${LEAST} % must be covered`);
  return {
    gate: "coverage",
    passed: problems.length === 0,
    problems,
    notes: [],
    head: ["what", "covered"],
    rows: shares.map(([what, share]) => [what, `${share} %`]),
    figures: Object.fromEntries(shares),
  };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
