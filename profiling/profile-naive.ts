/**
 * Profiles naive on a book and prints the hottest functions and lines; the profile (for a browser's developer tools) and
 * a flame graph go to out/.
 *
 *     pnpm --filter @lossmill/profiling profile [BOOK.json [TRIALS]]
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { backend } from "@lossmill/backend-naive";
import { collect, makePlan, parseJsonPortfolio } from "@lossmill/core";
import { flameGraph } from "./src/flame-graph.ts";
import { type Hot, hottestFunctions, hottestLines } from "./src/hottest.ts";
import { profileRun } from "./src/profile-run.ts";

const OUT = fileURLToPath(new URL("out/", import.meta.url));
const W2 = fileURLToPath(new URL("../fixtures/workloads/W2.json", import.meta.url));
const [book = W2, trials = "409600"] = process.argv.slice(2);

const name = basename(book, ".json");
const plan = makePlan(parseJsonPortfolio(readFileSync(book, "utf8"), name), {
  trials: Number(trials),
  seed: "1",
  optimizationLevel: 0,
});
await using simulator = await backend.open();
const profile = await profileRun(() => collect(plan, simulator.simulate(plan)));

mkdirSync(OUT, { recursive: true });
writeFileSync(`${OUT}${name}.cpuprofile`, JSON.stringify(profile));
writeFileSync(`${OUT}${name}.svg`, flameGraph(profile));
console.log(`${name}, ${plan.trials} trials: functions by their own time`);
print(hottestFunctions(profile));
console.log("\nLines");
print(hottestLines(profile));

function print(hot: readonly Hot[]): void {
  for (const { share, name: what } of hot.slice(0, 15))
    console.log(`${(share * 100).toFixed(1).padStart(5)} %  ${what}`);
}
