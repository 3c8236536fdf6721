import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkPortfolio, expectedWork, makePlan, resolveConfig } from "@lossmill/core";
import type { Measure } from "@lossmill/harness";
import { predict, predictions } from "@lossmill/harness/tune";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { chooseBackend } from "../src/choose-backend.ts";
import { tuneCommand } from "../src/commands/tune-command.ts";
import { readPortfolio } from "../src/read-portfolio.ts";
import { runSimulation } from "../src/run-simulation.ts";
import { BUILT_IN } from "../src/tuning/built-in.ts";
import { readTuning, thisMachine, tuningPath } from "../src/tuning/tuning.ts";
import { example, lossmill } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "lossmill-tune-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => void vi.stubEnv("XDG_CONFIG_HOME", mkdtempSync(join(folder, "config-"))));
afterEach(() => void vi.unstubAllEnvs());

const CORES = 4;
const file = (changes: object = {}) =>
  JSON.stringify({ ...BUILT_IN, tunedOn: thisMachine(CORES), date: "2026-11-28", ...changes });

function put(text: string, path = tuningPath()): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe("the costs that auto goes by", () => {
  test("are built in where the machine was not tuned, or where none are wanted", () => {
    expect(readTuning("auto", CORES)).toEqual({ profile: BUILT_IN, source: "built in", problem: null });
    put(file());
    expect(readTuning("none", CORES).source).toBe("built in");
  });

  test("are this machine's where it was tuned", () => {
    put(file({ batchTrials: 65_536 }));
    const found = readTuning("auto", CORES);
    expect(found).toMatchObject({ source: "tuned on 2026-11-28", problem: null, profile: { batchTrials: 65_536 } });
  });

  test.each([
    ["another machine's", file({ tunedOn: { ...thisMachine(CORES), processor: "Z80" } }), /tuned on processor Z80/],
    ["those of other cores", file({ tunedOn: thisMachine(64) }), /tuned on cores 64, this is 4/],
    ["damaged", file().slice(0, 300), /damaged/],
    ["something else", "[1, 2]", /damaged/],
  ])("are built in where what is there is %s, and that is said", (_, text, problem) => {
    const path = put(text);
    const found = readTuning("auto", CORES);
    expect(found).toMatchObject({ source: "built in", problem: expect.stringMatching(problem) as string });
    expect(found.problem).toContain(path);
  });

  test("are a file's that is named, whatever machine it is of; one that is not a profile is an error", () => {
    const path = put(file({ tunedOn: thisMachine(64) }), join(folder, "other.json"));
    expect(readTuning(path, CORES).source).toBe("tuned on 2026-11-28");
    expect(() => readTuning(join(folder, "missing.json"), CORES)).toThrow(/^tuning .*missing.json: no such file/);
    expect(() => readTuning(put("{}", join(folder, "empty.json")), CORES)).toThrow(/is not a profile of this version/);
  });

  test.each(["motor-and-property.yaml", "excess-layers.json"])(
    "built in, take no plan of %s to the kernel that is slower at everything",
    async (name) => {
      const portfolio = await readPortfolio(example(name));
      for (const trials of [1000, 20_000, 1_000_000]) {
        const work = expectedWork(makePlan(portfolio, { trials, seed: "1" }));
        expect(predictions(BUILT_IN, work, ["vectorized", "wasm"], [1])[0].kernel, `${trials} trials`).toBe("wasm");
      }
    },
  );

  test("decide what auto takes, and no number", async () => {
    const portfolio = checkPortfolio({
      name: "book",
      policies: [{ id: "a", frequency: { law: "poisson", lambda: 3 }, severity: { law: "gamma", shape: 2, scale: 9 } }],
    });
    const slowWasm = { ...BUILT_IN.kernels["wasm"], start: 9 };
    const path = put(file({ kernels: { ...BUILT_IN.kernels, wasm: slowWasm } }), join(folder, "slow.json"));
    const runWith = (tuning: string) =>
      runSimulation(portfolio, resolveConfig({ trials: 5000, seed: "1", workers: 1, tuning }), { onNote: () => {} });
    const [other, plain] = [await runWith(path), await runWith("none")];
    expect([plain.result.backend, other.result.backend]).toEqual(["wasm", "vectorized"]);
    expect(other.result.quantiles).toEqual(plain.result.quantiles);
  });

  test("say how many trials a thread takes at once, where that is left to auto", async () => {
    const portfolio = checkPortfolio({
      name: "book",
      policies: [{ id: "a", frequency: { law: "poisson", lambda: 50 }, severity: { law: "constant", value: 1 } }],
    });
    const path = put(file({ batchTrials: 65_536 }), join(folder, "batch.json"));
    const settings = async (config: object) => {
      const plan = makePlan(portfolio, { trials: 1e7, seed: "1" });
      const machine = { hasSimd: () => true, cores: () => 2 };
      return (await chooseBackend(resolveConfig({ tuning: path, ...config }), plan, machine)).settings;
    };
    expect(await settings({})).toEqual({ workers: 2, batchTrials: 65_536 });
    expect(await settings({ batchTrials: 4096 })).toEqual({ workers: 2, batchTrials: 4096 });
    expect(await settings({ workers: 1 })).toEqual({ workers: 1 });
    expect(await settings({ tuning: "none" })).toEqual({ workers: 2 });
  });
});

describe("lossmill tune", () => {
  const likeBuiltIn: Measure = async ({ name, policies, trials }, { kernel, workers }) =>
    predict(
      BUILT_IN,
      expectedWork(makePlan(checkPortfolio({ name, policies }), { trials, seed: "1" })),
      kernel,
      workers,
    )!;

  async function tuned(given: { readonly out?: string; readonly json?: boolean; readonly measure?: Measure }) {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    try {
      const code = await tuneCommand({ rounds: 1, json: false, measure: likeBuiltIn, ...given });
      return { code, stdout: write.mock.calls.map(([text]) => String(text)).join("") };
    } finally {
      write.mockRestore();
    }
  }

  test("writes a profile that auto then goes by, and prints predicted beside measured", async () => {
    const { code, stdout } = await tuned({});
    expect(code).toBe(0);
    expect(stdout).toMatch(/^run +by +measured +predicted +ratio$/m);
    expect(stdout).toMatch(/^predictions are within a factor of 1\.0\d$/m);
    expect(stdout).toContain(`written to ${tuningPath()}`);
    const written = JSON.parse(readFileSync(tuningPath(), "utf8")) as { tunedOn: { cores: number } };
    expect(readTuning("auto", written.tunedOn.cores).source).toMatch(/^tuned on 20\d\d-\d\d-\d\d$/);
  });

  test("--out and --json", async () => {
    const out = join(mkdtempSync(join(folder, "out-")), "mine.json");
    const { stdout } = await tuned({ out, json: true });
    expect(JSON.parse(stdout)).toMatchObject({ path: out, profile: { format: 1 } });
    expect(readTuning(out, CORES).profile.kernels).toHaveProperty("wasm");
    expect(readdirSync(dirname(out))).toEqual(["mine.json"]);
  });

  test("measures nothing where it cannot write, and leaves an older profile whole where a run fails", async () => {
    const measure = vi.fn<Measure>();
    await expect(tuned({ out: folder, measure })).rejects.toThrow(/^--out .*: is a folder$/);
    await expect(tuned({ out: join(put("", join(folder, "file")), "x.json"), measure })).rejects.toThrow(/^--out/);
    // As of --losses: a folder that is not there is a slip of the hand.
    const missing = join(folder, "missing", "x.json");
    await expect(tuned({ out: missing, measure })).rejects.toThrow(/^--out .*: no such file or folder$/);
    expect(existsSync(dirname(missing))).toBe(false);
    expect(measure).not.toHaveBeenCalled();
    const path = put(file());
    await expect(tuned({ measure: () => Promise.reject(new Error("no")) })).rejects.toThrow("no");
    expect(readFileSync(path, "utf8")).toBe(file());
  });

  test("measures by the command line itself, and can be stopped", async () => {
    const env = { XDG_CONFIG_HOME: join(folder, "stopped") };
    const { code } = await lossmill(["tune", "--rounds", "1"], { env, stopAfter: 4000 });
    expect(code).toBe(130);
    expect(existsSync(join(folder, "stopped", "lossmill", "tuning.json"))).toBe(false);
  });

  test.each(["0", "many"])("--rounds %s is told", async (rounds) => {
    const { code, stderr } = await lossmill(["tune", "--rounds", rounds]);
    expect([code, stderr]).toEqual([
      2,
      `lossmill: --rounds: expected a whole number from 1 to 100, found "${rounds}"\n`,
    ]);
  });
});

test("lossmill plan says what would run a book, and what that and others are predicted to take", async () => {
  const args = ["plan", example("excess-layers.json"), "--seed", "1", "--trials", "1e6", "--workers", "1"];
  const { stdout } = await lossmill(args);
  expect(stdout).toMatch(/^run by wasm in this thread \(auto: the fastest\)$/m);
  expect(stdout).toMatch(/^predicted to take [\d.]+ m?s by wasm in this thread; vectorized in this thread/m);
});
