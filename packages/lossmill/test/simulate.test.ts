import { describe, expect, test } from "vitest";
import { LossmillError, type SimulationConfig, simulate } from "../src/index.ts";

const policy = {
  id: "a",
  copies: 10,
  frequency: { law: "poisson", lambda: 2 },
  severity: { law: "lognormal", meanlog: 8, sdlog: 1 },
};
const book = { name: "small", currency: "USD", policies: [policy] };

describe("simulate", () => {
  test("figures, losses, and what reproduces them", async () => {
    const result = await simulate(book, { trials: 20_000, seed: "42", optimizationLevel: 0 });
    expect(result.losses.total).toHaveLength(20_000);
    expect(result.mean.value).toBeCloseTo(result.losses.total.reduce((a, b) => a + b, 0) / 20_000, 6);
    expect(result.claims.value).toBeCloseTo(20, 0);
    expect(result.draws).toBe(200_000 + result.losses.claims.reduce((a, b) => a + b, 0));
    const again = await simulate(book, { trials: 20_000, seed: result.seed, optimizationLevel: 0 });
    expect(again.losses).toEqual(result.losses);
  });

  test("a book may come as YAML would give it, with defaults left out", async () => {
    const { losses } = await simulate(
      { name: "x", policies: [{ ...policy, copies: undefined }] },
      { trials: 3, seed: "1" },
    );
    expect(losses.total).toHaveLength(3);
  });

  test("batchTrials, workers and memoryLimit never change an answer", async () => {
    const plain = await simulate(book, { trials: 9000, seed: "5" });
    const others: readonly SimulationConfig[] = [
      { batchTrials: 1 },
      { batchTrials: 100_000 },
      { memoryLimit: 1 },
      { workers: 1 },
      { workers: 3 },
      { workers: 2, kernel: "vectorized", batchTrials: 5000 },
    ];
    for (const config of others) {
      const other = await simulate(book, { trials: 9000, seed: "5", ...config });
      expect(other.losses).toEqual(plain.losses);
    }
  });

  test("a signal ends it with the result of a beginning", async () => {
    const controller = new AbortController();
    const options = { signal: controller.signal, onPart: () => controller.abort() };
    const result = await simulate(book, { trials: 100_000, seed: "1" }, options);
    expect(result).toMatchObject({ trials: 4096, complete: false });
    const whole = await simulate(book, { trials: 4096, seed: "1", horizon: result.horizon });
    expect(whole.mean).toEqual(result.mean);
  });

  test("stopped before the first block: a typed error", async () => {
    await expect(simulate(book, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "STOPPED" });
  });

  test.each([
    [{ policies: [] }, {}, "BAD_PORTFOLIO"],
    [book, { trials: -1 }, "BAD_CONFIGURATION"],
    [book, { backend: "none" }, "BAD_CONFIGURATION"],
    [book, { backend: "naive", workers: 2 }, "BAD_CONFIGURATION"],
    [book, { trials: 1e12 }, "OUT_OF_MEMORY"],
    [book, { trials: 1000, memoryLimit: 1000 }, "OUT_OF_MEMORY"],
  ])("refuses bad input with a stable code", async (portfolio, config, code) => {
    const refused = simulate(portfolio, config);
    await expect(refused).rejects.toBeInstanceOf(LossmillError);
    await expect(refused).rejects.toMatchObject({ code });
  });

  test("programs do not read the environment unless told to", async () => {
    process.env["LOSSMILL_TRIALS"] = "7";
    try {
      const config = { seed: "1", preset: "quick" } as const;
      expect((await simulate(book, config)).trials).toBe(10_000);
      expect((await simulate(book, config, { environment: process.env })).trials).toBe(7);
    } finally {
      delete process.env["LOSSMILL_TRIALS"];
    }
  });
});
