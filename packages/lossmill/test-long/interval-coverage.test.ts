import { mkdirSync, writeFileSync } from "node:fs";
import { type Figure, checkPortfolio, resolveConfig } from "@lossmill/core";
import { expect, test } from "vitest";
import { runSimulation } from "../src/run-simulation.ts";

// The small typical book without terms; exact figures by FFT on two grids (fixtures/workloads/typical, see its README).
const book = checkPortfolio({
  name: "small gross",
  policies: [
    {
      id: "a",
      copies: 10,
      frequency: { law: "poisson", lambda: 2 },
      severity: { law: "lognormal", meanlog: 8, sdlog: 1 },
    },
  ],
});
const EXACT = {
  mean: 98_295.377,
  sd: 36_238.093,
  "VaR 95 %": 163_866,
  "TVaR 95 %": 190_647.4,
  "VaR 99 %": 206_008,
  "TVaR 99 %": 235_299.2,
  "VaR 99.5 %": 224_825,
  "TVaR 99.5 %": 256_325.6,
} as const;

const SEEDS = 1000;
const TRIALS = 20_000;

test("95 % intervals cover the truth as often as they say", async () => {
  const hits = Object.fromEntries(Object.keys(EXACT).map((name) => [name, 0]));
  for (let seed = 1; seed <= SEEDS; seed++) {
    const config = resolveConfig({ trials: TRIALS, seed: String(seed), batchTrials: TRIALS });
    const { result } = await runSimulation(book, config, { at: [0.95, 0.99, 0.995] });
    const [at95, at99, at995] = result.quantiles;
    const figures: Record<keyof typeof EXACT, Figure> = {
      mean: result.mean,
      sd: result.sd,
      "VaR 95 %": at95.var,
      "TVaR 95 %": at95.tvar,
      "VaR 99 %": at99.var,
      "TVaR 99 %": at99.tvar,
      "VaR 99.5 %": at995.var,
      "TVaR 99.5 %": at995.tvar,
    };
    for (const [name, exact] of Object.entries(EXACT)) {
      const { low, high } = figures[name as keyof typeof EXACT];
      if (low! <= exact && exact <= high!) hits[name]++;
    }
  }
  const coverage = Object.fromEntries(Object.entries(hits).map(([name, count]) => [name, count / SEEDS]));
  record("interval-coverage.json", { book: "small gross", seeds: SEEDS, trials: TRIALS, coverage });
  console.log(coverage);
  for (const [name, share] of Object.entries(coverage)) {
    const most = name.startsWith("VaR") ? 0.98 : 0.97;
    expect([name, share >= 0.93 && share <= most]).toEqual([name, true]);
  }
});

function record(name: string, content: object): void {
  const folder = new URL("../../../docs/records/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(name, folder), `${JSON.stringify(content, null, 2)}\n`);
}
