import {
  type Backend,
  type GeneratorName,
  type OptimizationLevel,
  type Summary,
  makePlan,
  mergeSummaries,
  parseJsonPortfolio,
} from "@lossmill/core";
import type { Contestant } from "../../src/contestant.ts";

/** One of Lossmill's backends at an optimization level, its uniforms PCG64's unless told; a mean and an sd need no trial to be kept. */
export function contestantOf(
  backend: Backend,
  optimizationLevel: OptimizationLevel,
  generator?: GeneratorName,
): Contestant {
  return {
    versions: {},
    load(text) {
      const portfolio = parseJsonPortfolio(text, "book");
      return async (trials, seed) => {
        const plan = makePlan(portfolio, { trials, seed, generator, optimizationLevel, outputs: ["total"] });
        await using simulator = await backend.open();
        let all: Summary | null = null;
        for await (const { summary } of simulator.simulate(plan)) {
          all = all === null ? summary : mergeSummaries(all, summary);
        }
        if (all === null) throw new Error("the run finished no block");
        const { mean, m2, n } = all.total;
        return { mean, sd: Math.sqrt(m2 / (n - 1)) };
      };
    },
  };
}
