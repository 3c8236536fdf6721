import { describe, expect, test } from "vitest";
import { checkPortfolio, compile, makePlan } from "../../src/index.ts";

/** A plan of 30 policies with laws and counts of their own. */
function planOf(severityOf: (i: number) => object, frequencyOf: (i: number) => object = () => poisson) {
  const policies = Array.from({ length: 30 }, (_, i) => ({
    id: `p${i}`,
    frequency: frequencyOf(i),
    severity: severityOf(i),
  }));
  return makePlan(checkPortfolio({ name: "book", policies }), { seed: "1", trials: 1_000_000 });
}

const poisson = { law: "poisson", lambda: 5 };
const lognormal = { law: "lognormal", meanlog: 8, sdlog: 1 };
const values = (i: number) => Array.from({ length: 2000 }, (_, k) => 1 + k + i);

describe("a plan that needs more memory than it may", () => {
  test.each([
    ["curves", planOf((i) => ({ law: "gamma", shape: 2 + i / 10, scale: 900 + i }))],
    ["steps", planOf((i) => ({ law: "empirical", values: values(i) }))],
    [
      "counts",
      planOf(
        () => lognormal,
        (i) => ({ law: "negativeBinomial", size: 50 + i, prob: 0.01 }),
      ),
    ],
  ])("is refused while it is compiled, whether by %s; what would do is told, and does", (_, plan) => {
    const all = compile(plan).buffer.byteLength;
    expect(compile(plan, 4 * all).buffer.byteLength).toBe(all);
    let limit = 100_000;
    for (let tries = 0; ; tries++) {
      expect(tries).toBeLessThan(5);
      try {
        compile(plan, limit);
        break;
      } catch (error) {
        const told = /^memoryLimit: the tables .* need about ([\d.]+) MB .*, the limit is/.exec(
          (error as Error).message,
        );
        expect(told, String(error)).not.toBeNull();
        expect(error).toMatchObject({ code: "OUT_OF_MEMORY" });
        expect(Number(told![1]) * 1e6).toBeGreaterThan(limit);
        limit = 1.2 * Number(told![1]) * 1e6;
      }
    }
    expect(limit).toBeGreaterThan(100_000);
    expect(limit).toBeLessThan(4 * all);
  });
});
