import {
  BLOCK_TRIALS,
  OPTIMIZATION_LEVELS,
  type OptimizationLevel,
  type Output,
  type Policy,
  checkPortfolio,
  collect,
  countLaw,
  makePlan,
  severity,
  uniformSource,
} from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { backend } from "../src/index.ts";

interface Run {
  readonly trials?: number;
  readonly seed?: string;
  readonly outputs?: readonly Output[];
  readonly optimizationLevel?: OptimizationLevel;
}

async function run(policies: readonly object[], { trials = 1, seed = "1", ...rest }: Run = {}) {
  const whole = policies.map((policy, i) => ({ id: `p${i}`, ...policy }));
  const plan = makePlan(checkPortfolio({ name: "book", policies: whole }), { seed, trials, ...rest });
  await using simulator = await backend.open();
  return await collect(plan, simulator.simulate(plan));
}

const fixed = (n: number) => ({ law: "fixed", n });

const lively = [
  {
    copies: 2,
    frequency: { law: "poisson", lambda: 1.3 },
    severity: { law: "lognormal", meanlog: 8, sdlog: 1 },
    terms: { occurrence: { deductible: 1000 } },
  },
  {
    frequency: { law: "negativeBinomial", size: 2, prob: 0.4 },
    severity: { law: "gamma", shape: 2, scale: 900 },
    terms: { aggregate: { deductible: 500, limit: 4000 }, insurerShare: 0.8 },
  },
];

describe("the definition", () => {
  test("uniforms, thresholds and core's quantiles give the same losses by another road", async () => {
    const trials = BLOCK_TRIALS + 3;
    const { losses, summary } = await run(lively, { trials, seed: "42", optimizationLevel: 0 });
    const random = uniformSource("42");
    const policies = lively as unknown as Policy[];
    const block = 1;
    let firstStream = 0;
    const total = [0, 0, 0];
    for (const { copies = 1, frequency, severity: spec, terms } of policies) {
      for (let copy = 0; copy < copies; copy++) {
        const counts = new Float64Array(3);
        random.seek(firstStream + copy, block, 0);
        random.fill(counts, 3);
        random.seek(firstStream + copy, block, 1);
        const one = new Float64Array(1);
        counts.forEach((u, t) => {
          let sum = 0;
          for (let k = countLaw(frequency).quantile(u, "lower"); k > 0; k--) {
            random.fill(one, 1);
            const x = severity(spec).quantile(one[0], "lower");
            sum += Math.max(x - (terms?.occurrence?.deductible ?? 0), 0);
          }
          const { deductible = 0, limit = Infinity } = terms?.aggregate ?? {};
          total[t] += (terms?.insurerShare ?? 1) * Math.min(Math.max(sum - deductible, 0), limit);
        });
      }
      firstStream += copies;
    }
    for (let t = 0; t < 3; t++) expect(losses.total[BLOCK_TRIALS + t]).toBeCloseTo(total[t], 7);
    expect(summary!.draws).toBeGreaterThan(3 * trials);
  });

  test("the same seed gives the same bits, another seed other losses", async () => {
    const [a, b, c] = await Promise.all(["7", "7", "8"].map((seed) => run(lively, { trials: 500, seed })));
    expect(b).toEqual(a);
    expect(c.losses.total).not.toEqual(a.losses.total);
  });

  test.each(OPTIMIZATION_LEVELS)("a longer run begins with the trials of a shorter one, level %i", async (level) => {
    const long = await run(lively, { trials: 9000, optimizationLevel: level });
    for (const trials of [1, 4095, 4096, 4097, 8191]) {
      const short = await run(lively, { trials, optimizationLevel: level });
      expect(short.losses.total).toEqual(long.losses.total.subarray(0, trials));
      expect(short.losses.claims).toEqual(long.losses.claims.subarray(0, trials));
    }
  });

  test("a policy's years do not depend on the policies after it", async () => {
    const outputs = ["total", "maxOccurrence", "claims", "byPolicy"] as const;
    const both = await run(lively, { trials: 500, outputs });
    const first = await run(lively.slice(0, 1), { trials: 500, outputs });
    expect(first.losses.byPolicy![0]).toEqual(both.losses.byPolicy![0]);
    expect(first.losses.byPolicy![0]).toEqual(first.losses.total);
  });

  test("more claims than a buffer holds", async () => {
    const { losses } = await run([{ frequency: fixed(10_000), severity: { law: "uniform", min: 0, max: 1 } }], {
      trials: 2,
    });
    for (const total of losses.total) expect(Math.abs(total - 5000)).toBeLessThan(5 * Math.sqrt(10_000 / 12));
    expect([...losses.claims]).toEqual([10_000, 10_000]);
  });
});
