import { type Knob, type Work, checkPortfolio, expectedWork, makePlan } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { CALIBRATION_RUNS, type CalibrationRun } from "../src/tune/calibration-runs.ts";
import { fit } from "../src/tune/fit.ts";
import { type KernelCosts, type ThreadCosts, predict, predictions, readProfile } from "../src/tune/index.ts";
import { type TuneSetting, tune } from "../src/tune/tune.ts";

const FAST: KernelCosts = {
  start: 0.05,
  firstLines: 0.03,
  lines: 3e-5,
  kinds: 0.005,
  firstCurves: 0.02,
  curves: 5e-4,
  firstTables: 0.01,
  tables: 3e-4,
  trials: 1e-8,
  lineBlocks: 1e-7,
  settled: 2e-9,
  placements: 1e-8,
  claims: 8e-9,
};
const SLOW: KernelCosts = { ...FAST, start: 0.02, claims: 3e-8 };
const THREADS: ThreadCosts = { start: 0.1, perThread: 0.01, efficiency: 0.9 };
const MACHINE = { format: 1, kernels: { fast: FAST, slow: SLOW }, threads: THREADS, batchTrials: null } as const;

const works = new Map<string, Work>();

function workOf({ name, policies, trials }: CalibrationRun): Work {
  const key = `${name} ${trials}`;
  const work = works.get(key) ?? expectedWork(makePlan(checkPortfolio({ name, policies }), { trials, seed: "1" }));
  works.set(key, work);
  return work;
}

/** A machine that takes what its costs say, but for so much of noise, which is another for each call. */
function machine(noise: number, effect: (setting: TuneSetting) => number = () => 1) {
  let calls = 0;
  return async (run: CalibrationRun, setting: TuneSetting) => {
    const wave = Math.abs(((++calls * 0.618) % 1) * 2 - 1) * 2 - 1;
    const seconds = predict(MACHINE, workOf(run), setting.kernel, setting.workers)!;
    return seconds * effect(setting) * (1 + noise * wave);
  };
}

const KNOBS: readonly Knob[] = [
  { name: "workers", description: "" },
  { name: "batchTrials", description: "" },
];
const given = { kernels: ["slow", "fast"], knobs: KNOBS, cores: 8, rounds: 3 };

describe("tune", () => {
  test("finds again what a machine's runs cost", async () => {
    const { profile, measured } = await tune({ ...given, measure: machine(0) });
    const worst = Math.max(...measured.map((cell) => Math.abs(cell.predicted / cell.measured - 1)));
    console.log(`worst prediction of what was measured: off by ${(100 * worst).toFixed(3)} %`);
    expect(worst).toBeLessThan(0.05);
    expect(profile.kernels["fast"].claims).toBeCloseTo(FAST.claims, 10);
    expect(profile.threads!.efficiency).toBeCloseTo(THREADS.efficiency, 1);
    expect(profile.batchTrials).toBeNull();
  });

  test("predicts runs that it did not measure within a factor of 1.5 where times scatter by 15 %", async () => {
    const { profile } = await tune({ ...given, measure: machine(0.15) });
    const [severity] = CALIBRATION_RUNS[0].policies;
    const unseen = [30, 300, 3000].flatMap((count) =>
      [2000, 50_000, 700_000].map((trials) => ({
        name: `${count} × ${trials}`,
        policies: Array.from({ length: count }, (_, i) => ({
          ...severity,
          id: `p${i}`,
          terms: { insurerShare: (i + 1) / count },
        })),
        trials,
      })),
    );
    for (const run of unseen) {
      const work = workOf(run);
      for (const workers of [1, 4, 8]) {
        const ratio = predict(profile, work, "fast", workers)! / predict(MACHINE, work, "fast", workers)!;
        expect(Math.max(ratio, 1 / ratio), `${run.name}, ${workers} workers`).toBeLessThan(1.5);
      }
    }
  });

  test("searches only the knobs that are declared", async () => {
    const seen = new Set<string>();
    const measure = (run: CalibrationRun, setting: TuneSetting) => {
      seen.add(`${setting.workers} ${setting.batchTrials}`);
      return machine(0)(run, setting);
    };
    await tune({ ...given, measure });
    expect([...seen].sort()).toEqual(["1 null", "2 null", "4 null", "8 4096", "8 65536", "8 null"]);
    seen.clear();
    expect((await tune({ ...given, knobs: [], measure })).profile.threads).toBeNull();
    expect([...seen]).toEqual(["1 null"]);
    seen.clear();
    await tune({ ...given, cores: 1, measure });
    expect([...seen]).toEqual(["1 null"]);
  });

  test("takes a batch that is better, and only such a one", async () => {
    const better = machine(0, ({ batchTrials }) => (batchTrials === 65_536 ? 0.8 : 1));
    expect((await tune({ ...given, measure: better })).profile.batchTrials).toBe(65_536);
    const hardly = machine(0, ({ batchTrials }) => (batchTrials === 65_536 ? 0.98 : 1));
    expect((await tune({ ...given, measure: hardly })).profile.batchTrials).toBeNull();
  });
});

describe("a profile", () => {
  const small = workOf({ ...CALIBRATION_RUNS[0], trials: 5000 });
  const large = workOf({ ...CALIBRATION_RUNS[4], trials: 5_000_000 });

  test("says which kernel and how many threads are quickest", () => {
    const counts = [1, 2, 3, 4];
    expect(
      predictions(MACHINE, small, ["fast", "slow"], counts).map(({ kernel, workers }) => [kernel, workers]),
    ).toEqual([
      ["slow", 1],
      ["fast", 1],
    ]);
    expect(
      predictions(MACHINE, large, ["fast", "slow"], counts).map(({ kernel, workers }) => [kernel, workers]),
    ).toEqual([
      ["fast", 4],
      ["slow", 4],
    ]);
    expect(predictions(MACHINE, large, ["unknown"], counts)).toEqual([]);
  });

  test("a run has no more threads than blocks", () => {
    expect(small.blocks).toBe(2);
    expect(predict(MACHINE, small, "fast", 8)).toBe(predict(MACHINE, small, "fast", 2));
    expect(predict(MACHINE, { ...small, blocks: 1 }, "fast", 8)).toBe(
      predict(MACHINE, { ...small, blocks: 1 }, "fast", 1),
    );
    expect(predict({ ...MACHINE, threads: null }, small, "fast", 2)).toBeNull();
  });

  test("is read as it was written, and nothing else is", () => {
    expect(readProfile(JSON.parse(JSON.stringify(MACHINE)))).toEqual(MACHINE);
    const wrong = [
      null,
      7,
      {},
      { ...MACHINE, format: 2 },
      { ...MACHINE, kernels: {} },
      { ...MACHINE, kernels: { fast: { ...FAST, claims: -1 } } },
      { ...MACHINE, kernels: { fast: { ...FAST, claims: "8" } } },
      { ...MACHINE, kernels: { fast: null } },
      { ...MACHINE, threads: { ...THREADS, start: Infinity } },
      { ...MACHINE, batchTrials: 1.5 },
    ];
    for (const found of wrong) expect(readProfile(found)).toBeNull();
  });
});

test("coefficients are never below 0", () => {
  const found = fit(
    [
      [1, 1],
      [1, 2],
      [1, 3],
    ],
    [3, 2, 1],
  );
  expect(Math.min(...found)).toBe(0);
  expect(fit([[1, 0]], [2])).toEqual([2, 0]);
});
