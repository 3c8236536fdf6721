import { describe, expect, test } from "vitest";
import { LossmillError, type SimulationConfig, environmentName, resolveConfig } from "../src/index.ts";

/** The faults that a configuration is refused for. */
function faults(config: Record<string, unknown>, environment: Record<string, string> = {}): string[] {
  try {
    resolveConfig(config, environment);
  } catch (error) {
    if (!(error instanceof LossmillError)) throw error;
    expect(error.code).toBe("BAD_CONFIGURATION");
    return error.faults.map(({ place, message }) => `${place}: ${message}`);
  }
  return [];
}

describe("precedence", () => {
  test("defaults, the preset's trials, a drawn seed", () => {
    const config = resolveConfig();
    expect(config).toMatchObject({ trials: 100_000, backend: "auto", workers: "auto", memoryLimit: 0.8, verbose: 1 });
    expect(config.seed).toMatch(/^\d{1,39}$/);
    expect(config.horizon).toBeUndefined();
    expect(config.sources).toMatchObject({ trials: "preset standard", seed: "drawn", verbose: "default" });
  });

  test("two drawn seeds differ", () => {
    expect(resolveConfig().seed).not.toBe(resolveConfig().seed);
  });

  test("environment before preset, arguments before environment", () => {
    const environment = { LOSSMILL_TRIALS: "5e3", LOSSMILL_SEED: "7", LOSSMILL_PRESET: "quick", PATH: "x" };
    expect(resolveConfig({}, environment)).toMatchObject({ trials: 5000, seed: "7" });
    const config = resolveConfig({ trials: 9, preset: "precise" }, environment);
    expect(config).toMatchObject({ trials: 9, seed: "7", preset: "precise" });
    expect(config.sources).toMatchObject({ trials: "argument", seed: "LOSSMILL_SEED", preset: "argument" });
    expect(resolveConfig({ preset: "huge" }).trials).toBe(10_000_000);
  });

  test("useWasm, where an argument that is false is one", () => {
    const environment = { LOSSMILL_USE_WASM: "true" };
    expect(resolveConfig({ useWasm: false }, environment)).toMatchObject({ useWasm: false });
    expect(resolveConfig({}, { LOSSMILL_USE_WASM: "false" })).toMatchObject({
      useWasm: false,
      sources: { useWasm: "LOSSMILL_USE_WASM" },
    });
  });

  test("an empty variable counts as not set", () => {
    expect(resolveConfig({}, { LOSSMILL_TRIALS: "" }).trials).toBe(100_000);
  });

  test("names of variables", () => {
    expect(environmentName("batchTrials")).toBe("LOSSMILL_BATCH_TRIALS");
  });
});

describe("what is allowed", () => {
  test.each([
    [{ memoryLimit: "512MB" }, { memoryLimit: 512e6 }],
    [{ memoryLimit: "2GiB" }, { memoryLimit: 2_147_483_648 }],
    [{ memoryLimit: "100" }, { memoryLimit: 100 }],
    [{ memoryLimit: 0.5 }, { memoryLimit: 0.5 }],
    [{ workers: "3" }, { workers: 3 }],
    [{ batchTrials: "auto" }, { batchTrials: "auto" }],
    [{ verbose: "3" }, { verbose: 3 }],
    [{}, { useWasm: true }],
    [{ useWasm: false }, { useWasm: false }],
    [{ useWasm: "false" }, { useWasm: false }],
    [{ useWasm: "true" }, { useWasm: true }],
    [{ optimizationLevel: "0" }, { optimizationLevel: 0 }],
    [{ horizon: 4096 }, { horizon: 4096 }],
    [{ seed: "340282366920938463463374607431768211455" }, { seed: "340282366920938463463374607431768211455" }],
  ])("%j", (given, expected) => {
    expect(resolveConfig(given as unknown as SimulationConfig)).toMatchObject(expected);
  });

  test.each([
    [{ trials: 0 }, "trials: expected a whole number from 1"],
    [{ trials: 1.5 }, "found 1.5"],
    [{ trials: "many" }, 'found "many"'],
    [{ trials: Number.NaN }, "trials: expected"],
    [{ seed: "-1" }, "seed: expected a decimal whole number"],
    [{ seed: 42 }, "as text, found 42"],
    [{ seed: "340282366920938463463374607431768211456" }, "from 0 to 2^128 - 1"],
    [{ workers: 0 }, "workers: expected auto or a whole number from 1 to 1024"],
    [{ memoryLimit: "lots" }, "512MB or 2GiB"],
    [{ memoryLimit: -1 }, "memoryLimit: expected"],
    [{ optimizationLevel: 4 }, "optimizationLevel: expected 0, 1, 2 or 3, found 4"],
    [{ verbose: 4 }, "verbose: expected 0, 1, 2 or 3, found 4"],
    [{ preset: "fast" }, "preset: expected quick, standard, precise, huge"],
    [{ backend: "" }, "backend: expected a name"],
    [{ useWasm: 0 }, "useWasm: expected true or false, found 0"],
    [{ useWasm: "no" }, 'useWasm: expected true or false, found "no"'],
    [{ trails: 5 }, "trails: unknown; known are trials, seed"],
    [{ seed: "x".repeat(200) }, "…"],
  ])("refuses %j", (given, message) => {
    expect(faults(given).join("\n")).toContain(message);
  });

  test("names the variable that is wrong or unknown, and every fault at once", () => {
    const found = faults({ verbose: 9 }, { LOSSMILL_TRIALS: "-3", LOSSMILL_TRAILS: "5" });
    expect(found).toHaveLength(3);
    expect(found.join("\n")).toMatch(/LOSSMILL_TRAILS: unknown; known are LOSSMILL_TRIALS/);
    expect(found.join("\n")).toMatch(/LOSSMILL_TRIALS: expected a whole number.*found "-3"/);
  });
});
