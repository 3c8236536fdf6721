/**
 * What is profiled: naive simulates a book in this thread, and nothing else happens.
 *
 *     node --conditions=source simulate.ts BOOK.json TRIALS
 */
import { readFileSync } from "node:fs";
import { backend } from "@lossmill/backend-naive";
import { collect, makePlan, parseJsonPortfolio } from "@lossmill/core";

const [book = "", trials = ""] = process.argv.slice(2);
const plan = makePlan(parseJsonPortfolio(readFileSync(book, "utf8"), book), {
  trials: Number(trials),
  seed: "1",
  optimizationLevel: 0,
});
await using simulator = await backend.open();
await collect(plan, simulator.simulate(plan));
