/**
 * What is watched: a kernel simulates a book in this thread, and nothing else happens.
 *
 *     node --conditions=source simulate.ts BOOK BACKEND TRIALS
 */
import { readFileSync } from "node:fs";
import { type Backend, collect, formatOf, loadPortfolio, makePlan } from "@lossmill/core";

const BACKENDS: Readonly<Record<string, () => Promise<{ readonly backend: Backend }>>> = {
  wasm: () => import("@lossmill/backend-wasm"),
  vectorized: () => import("@lossmill/backend-vectorized"),
  naive: () => import("@lossmill/backend-naive"),
};

const [book = "", name = "", trials = ""] = process.argv.slice(2);
const portfolio = await loadPortfolio(readFileSync(book, "utf8"), formatOf(book), book);
const plan = makePlan(portfolio, { trials: Number(trials), seed: "1" });
const { backend } = await BACKENDS[name]();
await using simulator = await backend.open();
await collect(plan, simulator.simulate(plan));
