import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { BLOCK_TRIALS, OPTIMIZATION_LEVELS, blockAt, checkPortfolio, resolveConfig } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { runSimulation } from "../src/run-simulation.ts";

// The program that docs/numerics.md shows, as it stands there, against the engine.
const doc = readFileSync(new URL("../../../docs/numerics.md", import.meta.url), "utf8");
const program = /```python\n([\s\S]*?)```/.exec(doc)![1];
const python = ["python3", "/usr/bin/python3"].find((name) => spawnSync(name, ["-c", "import numpy"]).status === 0);

const policies = [
  { copies: 3, lambda: 0.7, meanlog: 8, sdlog: 1.2, deductible: 500, limit: 20_000 },
  { copies: 1, lambda: 6, meanlog: 6.5, sdlog: 2, deductible: 0, limit: null },
  { copies: 2, lambda: 0.05, meanlog: 8, sdlog: 1.2, deductible: 500, limit: 20_000 },
  { copies: 40, lambda: 4, meanlog: 7, sdlog: 1, deductible: 30_000, limit: 1e6 },
];
const portfolio = checkPortfolio({
  name: "numpy",
  policies: policies.map(({ copies, lambda, meanlog, sdlog, deductible, limit }, i) => ({
    id: `p${i}`,
    copies,
    frequency: { law: "poisson", lambda },
    severity: { law: "lognormal", meanlog, sdlog },
    terms: { occurrence: { deductible, ...(limit !== null && { limit }) } },
  })),
});

describe.skipIf(python === undefined)("NumPy reproduces a block", () => {
  const runs = [
    ["42", "pcg64", 0, 4096],
    ["0", "pcg64", 1, 4100],
    ["340282366920938463463374607431768211455", "pcg64", 2, 12_288],
    ["42", "sfc64", 1, 4100],
  ] as const;
  test.each(OPTIMIZATION_LEVELS.flatMap((level) => runs.map((run) => [level, ...run] as const)))(
    "level %i, seed %s of %s, block %i of %i trials",
    async (optimizationLevel, seed, generator, index, trials) => {
      const block = blockAt(index, trials);
      const config = resolveConfig({ seed, generator, trials, optimizationLevel });
      const { losses, plan } = await runSimulation(portfolio, config, { keepsLosses: true });
      const { stdout, stderr } = spawnSync(python!, ["-c", program], {
        input: JSON.stringify({ seed, generator, block: index, trials: block.end - block.start, lines: plan.lines }),
        encoding: "utf8",
        maxBuffer: 1e8,
      });
      expect(stderr).toBe("");
      const reproduced = JSON.parse(stdout) as Record<"total" | "maxOccurrence" | "claims", number[]>;
      const ours = (name: keyof typeof reproduced) => losses![name].subarray(block.start, block.end);
      expect(reproduced.total).toHaveLength(Math.min(BLOCK_TRIALS, trials - block.start));
      expect(reproduced.claims).toEqual([...ours("claims")]);
      for (const name of ["total", "maxOccurrence"] as const) {
        // Losses within 1e-10 of the amounts before the deductible: each trial's claims are at least that far below.
        const worst = reproduced[name].map(
          (x, t) => Math.abs(x - ours(name)[t]) / (x + 500 * (1 + reproduced.claims[t])),
        );
        expect(Math.max(...worst)).toBeLessThan(1e-10);
      }
    },
  );

  test("the levels differ in what they draw", async () => {
    const plans = await Promise.all(
      OPTIMIZATION_LEVELS.map(async (optimizationLevel) => {
        return (await runSimulation(portfolio, resolveConfig({ seed: "1", trials: 1, optimizationLevel }))).plan;
      }),
    );
    expect(plans.map(({ lines }) => lines.length)).toEqual([4, 3, 3, 3]);
    expect(plans.map(({ lines }) => lines.map(({ placement }) => placement).join())).toEqual([
      "perTrial,perTrial,perTrial,perTrial",
      "perTrial,perTrial,perTrial",
      "scatter,perTrial,perTrial",
      "scatter,perTrial,scatter",
    ]);
  });
});
