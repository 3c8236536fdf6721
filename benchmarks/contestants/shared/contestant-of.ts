import { type Backend, type OptimizationLevel, collect, makePlan, parseJsonPortfolio } from "@lossmill/core";
import type { Contestant } from "../../src/contestant.ts";

/** One of Lossmill's backends at an optimization level. */
export function contestantOf(backend: Backend, optimizationLevel: OptimizationLevel): Contestant {
  return {
    versions: {},
    load(text) {
      const portfolio = parseJsonPortfolio(text, "book");
      return async (trials, seed) => {
        const plan = makePlan(portfolio, { trials, seed, optimizationLevel });
        await using simulator = await backend.open();
        const { summary } = await collect(plan, simulator.simulate(plan));
        if (summary === null) throw new Error("the run finished no block");
        const { mean, m2, n } = summary.total;
        return { mean, sd: Math.sqrt(m2 / (n - 1)) };
      };
    },
  };
}
