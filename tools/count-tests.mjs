// Adds up the test reports of all packages, names what failed (the end of a long log is what is kept and read), and prints
// the one line that tools read. Plain JavaScript: runs on Node 20.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

const root = join(import.meta.dirname, "..");
const folders = ["benchmarks", ...readdirSync(join(root, "packages")).map((name) => join("packages", name))];
const sum = { passed: 0, failed: 0, skipped: 0 };

/** The first lines of a failure, without the colours of a terminal. */
const head = (text = "") =>
  text
    .replaceAll(/\u001B\[[\d;]*m/g, "")
    .split("\n", 3)
    .map((line) => `    ${line.slice(0, 300)}`)
    .join("\n");

for (const folder of folders) {
  for (const name of ["tests.json", "tests-truth.json"]) {
    const file = join(root, folder, "coverage", name);
    if (!existsSync(file)) continue;
    const report = JSON.parse(readFileSync(file, "utf8"));
    sum.passed += report.numPassedTests;
    sum.failed += report.numFailedTests + (report.success || report.numFailedTests > 0 ? 0 : 1);
    sum.skipped += report.numPendingTests + report.numTodoTests;
    for (const { name: path, status, message, assertionResults } of report.testResults) {
      const failed = assertionResults.filter((one) => one.status === "failed");
      for (const one of failed) {
        console.log(`failed: ${relative(root, path)}: ${one.fullName}\n${head(one.failureMessages[0])}`);
      }
      if (status === "failed" && failed.length === 0) console.log(`failed: ${relative(root, path)}\n${head(message)}`);
    }
  }
}
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ""}`);
process.exit(sum.failed > 0 || sum.passed === 0 ? 1 : 0);
