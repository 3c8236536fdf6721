import { type SimulationConfig, checkPortfolio, makePlan, resolveConfig } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { backendsToVerify } from "../src/backends-to-verify.ts";
import { chooseBackend } from "../src/choose-backend.ts";
import { example, lossmill } from "./command.ts";

const portfolio = checkPortfolio({
  name: "book",
  policies: [
    { id: "a", frequency: { law: "poisson", lambda: 20 }, severity: { law: "lognormal", meanlog: 8, sdlog: 1 } },
    ...Array.from({ length: 99 }, (_, i) => ({
      id: `${i}`,
      frequency: { law: "poisson", lambda: 0.001 },
      severity: { law: "lognormal", meanlog: 8 + i, sdlog: 1 },
    })),
  ],
});

interface Given {
  readonly hasSimd?: boolean;
  readonly cores?: number;
  readonly trials?: number;
}

const chosen = async (config: SimulationConfig, { hasSimd = true, cores = 1, trials = 1000 }: Given = {}) => {
  const machine = { hasSimd: () => hasSimd, cores: () => cores };
  const plan = makePlan(portfolio, { trials, seed: "1" });
  const { backend, kernel, reason } = await chooseBackend(resolveConfig({ tuning: "none", ...config }), plan, machine);
  return backend.name === kernel ? [kernel, reason] : [backend.name, kernel, reason];
};

describe("auto", () => {
  test("takes WebAssembly where the machine and the settings have it, and never the definition", async () => {
    expect(await chosen({})).toEqual(["wasm", "auto: the fastest"]);
    expect(await chosen({}, { hasSimd: false })).toEqual(["vectorized", expect.stringMatching(/machine has no/)]);
    expect(await chosen({ useWasm: false })).toEqual(["vectorized", expect.stringMatching(/without WebAssembly/)]);
  });

  test("takes threads where there are cores and enough to do, or where it is told to", async () => {
    const workers = (reason: RegExp) => ["workers", "wasm", expect.stringMatching(reason)];
    expect(await chosen({}, { cores: 8 })).toEqual(["wasm", "auto: the fastest"]);
    expect(await chosen({}, { cores: 8, trials: 3e6 })).toEqual(workers(/^auto: \d threads; kernel auto/));
    expect(await chosen({}, { cores: 8, trials: 1e7 })).toEqual(workers(/^auto: \d threads; kernel auto/));
    expect(await chosen({}, { cores: 1, trials: 1e7 })).toEqual(["wasm", "auto: the fastest"]);
    expect(await chosen({ workers: 1 }, { cores: 8, trials: 1e7 })).toEqual(["wasm", "auto: the fastest"]);
    expect(await chosen({ workers: 3 }, { cores: 8 })).toEqual(workers(/^3 workers: argument; kernel auto/));
    expect(await chosen({ workers: 3, useWasm: false })).toEqual(["workers", "vectorized", expect.anything()]);
  });

  test("a name is a name", async () => {
    for (const backend of ["wasm", "vectorized", "naive"]) {
      expect(await chosen({ backend }, { hasSimd: false })).toEqual([backend, "argument"]);
      expect(await chosen({ backend, kernel: backend, workers: 1 })).toEqual([backend, "argument"]);
      expect(await chosen({ kernel: backend })).toEqual([backend, "argument"]);
      expect(await chosen({ backend: "workers", kernel: backend })).toEqual([
        "workers",
        backend,
        "argument; kernel argument",
      ]);
    }
  });

  test("what verify runs", async () => {
    const names = async (config: SimulationConfig) =>
      (await backendsToVerify(resolveConfig(config))).map(({ name }) => name);
    expect(await names({})).toEqual(["naive", "vectorized", "wasm"]);
    expect(await names({ useWasm: false })).toEqual(["naive", "vectorized"]);
    expect(await names({ backend: "wasm" })).toEqual(["naive", "wasm"]);
    expect(await names({ backend: "naive" })).toEqual(["naive"]);
    expect(await names({ backend: "workers" })).toEqual(["naive", "workers"]);
    expect(await names({ workers: 2 })).toEqual(["naive", "workers"]);
  });
});

describe("the command line", () => {
  const simulate = ["simulate", example("excess-layers.json"), "--trials", "3000", "--seed", "5", "--json"];
  const answer = async (...args: string[]) => {
    const { code, stdout } = await lossmill([...simulate, ...args]);
    expect(code).toBe(0);
    const { seconds, backend, ...rest } = JSON.parse(stdout) as Record<string, unknown>;
    expect(seconds).toBeGreaterThan(0);
    return [backend, rest];
  };

  test("vectorized, wasm and workers print the same figures", async () => {
    const [wasm, expected] = await answer();
    const [vectorized, found] = await answer("--use-wasm", "false");
    const [workers, threaded] = await answer("--workers", "2", "--batch-trials", "10000");
    expect([wasm, vectorized, workers]).toEqual(["wasm", "vectorized", "workers"]);
    expect(found).toEqual(expected);
    expect(threaded).toEqual(expected);
  });

  test("says at -v 2 what runs where, and why", async () => {
    const { stderr } = await lossmill([...simulate, "--trials", "9000", "--workers", "2", "-v", "2"]);
    expect(stderr).toMatch(/^backend {6}workers over wasm \(2 workers: argument; kernel auto: the fastest\)$/m);
    expect(stderr).toMatch(/^note {9}computed on 2 threads$/m);
    const { stderr: here } = await lossmill([...simulate, "-v", "2"]);
    expect(here).toMatch(/^backend {6}wasm in this thread \(auto: the fastest\)$/m);
  });

  test("the environment", async () => {
    const env = { LOSSMILL_USE_WASM: "false" };
    const { stdout } = await lossmill(simulate, { env });
    expect(JSON.parse(stdout)).toMatchObject({ backend: "vectorized" });
  });

  test.each([
    [
      ["--backend", "wasm", "--use-wasm", "false"],
      /^lossmill: useWasm: expected true with backend wasm, found false\n$/,
    ],
    [["--kernel", "wasm", "--use-wasm", "false"], /^lossmill: useWasm: expected true with kernel wasm, found false\n$/],
    [["--kernel", "fast"], /^lossmill: kernel: unknown "fast"; known are auto, wasm, vectorized, naive\n$/],
    [
      ["--backend", "fast"],
      /^lossmill: backend: unknown "fast"; known are auto, wasm, vectorized, naive, workers, streaming\n$/,
    ],
    [
      ["--backend", "wasm", "--kernel", "naive"],
      /^lossmill: kernel: expected auto or wasm with backend wasm, found naive\n$/,
    ],
    [
      ["--backend", "wasm", "--workers", "2"],
      /^lossmill: workers: backend wasm runs in one thread; expected auto or 1, or backend workers, found 2\n$/,
    ],
    [["--use-wasm", "maybe"], /^lossmill: useWasm: expected true or false, found "maybe"\n$/],
  ])("%j is told, with exit code 2", async (args, message) => {
    const { code, stdout, stderr } = await lossmill([...simulate, ...args]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });
});
