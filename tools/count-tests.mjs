// Adds up the test reports of all packages and prints the one line that tools read. Plain JavaScript: runs on Node 20.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const folders = ["benchmarks", ...readdirSync(join(root, "packages")).map((name) => join("packages", name))];
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const folder of folders) {
  for (const name of ["tests.json", "tests-truth.json"]) {
    const file = join(root, folder, "coverage", name);
    if (!existsSync(file)) continue;
    const report = JSON.parse(readFileSync(file, "utf8"));
    sum.passed += report.numPassedTests;
    sum.failed += report.numFailedTests + (report.success || report.numFailedTests > 0 ? 0 : 1);
    sum.skipped += report.numPendingTests + report.numTodoTests;
  }
}
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ""}`);
process.exit(sum.failed > 0 || sum.passed === 0 ? 1 : 0);
