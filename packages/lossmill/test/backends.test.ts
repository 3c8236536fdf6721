import { type SimulationConfig, resolveConfig } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { backendsToVerify, chooseBackend } from "../src/backends.ts";
import { example, lossmill } from "./command.ts";

const chosen = async (config: SimulationConfig, hasSimd = true) => {
  const { backend, reason } = await chooseBackend(resolveConfig(config), () => hasSimd);
  return [backend.name, reason];
};

describe("auto", () => {
  test("takes WebAssembly where the machine and the settings have it, and never the definition", async () => {
    expect(await chosen({})).toEqual(["wasm", "auto: the fastest of one thread"]);
    expect(await chosen({}, false)).toEqual(["vectorized", expect.stringMatching(/this machine has no WebAssembly/)]);
    expect(await chosen({ useWasm: false })).toEqual(["vectorized", expect.stringMatching(/without WebAssembly/)]);
  });

  test("a name is a name", async () => {
    for (const backend of ["wasm", "vectorized", "naive"]) {
      expect(await chosen({ backend }, false)).toEqual([backend, "argument"]);
    }
  });

  test("what verify runs", async () => {
    const names = async (config: SimulationConfig) =>
      (await backendsToVerify(resolveConfig(config))).map(({ name }) => name);
    expect(await names({})).toEqual(["naive", "vectorized", "wasm"]);
    expect(await names({ useWasm: false })).toEqual(["naive", "vectorized"]);
    expect(await names({ backend: "wasm" })).toEqual(["naive", "wasm"]);
    expect(await names({ backend: "naive" })).toEqual(["naive"]);
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

  test("vectorized and wasm print the same figures", async () => {
    const [wasm, expected] = await answer();
    const [vectorized, found] = await answer("--use-wasm", "false");
    expect([wasm, vectorized]).toEqual(["wasm", "vectorized"]);
    expect(found).toEqual(expected);
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
    [["--use-wasm", "maybe"], /^lossmill: useWasm: expected true or false, found "maybe"\n$/],
  ])("%j is told, with exit code 2", async (args, message) => {
    const { code, stdout, stderr } = await lossmill([...simulate, ...args]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });
});
