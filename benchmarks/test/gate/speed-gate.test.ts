import { expect, test } from "vitest";
import type { DuelReply } from "../../src/gate/speed/duel-process.ts";
import { speedReport } from "../../src/gate/speed/gate-speed.ts";
import { type MeasureOnce, judgeSpeed } from "../../src/gate/speed/speed-gate.ts";
import { noise } from "./noise.ts";

const NAMES = Array.from({ length: 12 }, (_, i) => `case ${i}`);

/** A machine on which each case of the head takes so many times as long, and every process and pair has luck of its own. */
function machine(ratios: Readonly<Record<string, number>>, seed: number, spread = 0.03) {
  const source = noise(seed);
  const asked: string[][] = [];
  const measureOnce: MeasureOnce = async (names) => {
    asked.push([...names]);
    const measure = (name: string) =>
      source.processes(1, 21, { ratio: ratios[name] ?? 1, process: spread, pair: 0.1 })[0];
    return Object.fromEntries(names.map((name) => [name, measure(name)]));
  };
  return { measureOnce, asked };
}

function slower(results: Awaited<ReturnType<typeof judgeSpeed>>): string[] {
  return results.filter(({ status }) => status === "slower").map(({ name }) => name);
}

test("20 identical trees of 20 pass, and what seemed slower was measured again", async () => {
  let again = 0;
  for (let run = 0; run < 20; run++) {
    const { measureOnce, asked } = machine({}, 100 + run);
    expect(slower(await judgeSpeed(NAMES, measureOnce, run))).toEqual([]);
    if (asked.length > 5) again++;
  }
  expect(again).toBeGreaterThan(0);
});

test("a case that is 10 % slower is found in 20 runs of 20, and no other with it", async () => {
  for (let run = 0; run < 20; run++) {
    const { measureOnce, asked } = machine({ "case 7": 1.1 }, 200 + run);
    expect(slower(await judgeSpeed(NAMES, measureOnce, run))).toEqual(["case 7"]);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.at(-1)?.length).toBeLessThan(12);
  }
});

test("a slowdown of the first processes alone does not count", async () => {
  const { measureOnce } = machine({}, 1, 0.001);
  let processes = 0;
  const unlucky: MeasureOnce = async (names, seed) => {
    const reply = await measureOnce(names, seed);
    if (processes++ >= 5) return reply;
    return { ...reply, "case 3": (reply["case 3"] as number[]).map((ratio) => ratio + 0.3) };
  };
  const results = await judgeSpeed(NAMES, unlucky, 1);
  expect(slower(results)).toEqual([]);
  expect(results[3]).toMatchObject({ status: "same", processes: 6 });
});

test("what is faster is said to be, and fails nothing", async () => {
  const { measureOnce } = machine({ "case 2": 0.8 }, 5);
  const results = await judgeSpeed(NAMES, measureOnce, 5);
  expect(results[2].status).toBe("faster");
  expect(speedReport(results)).toMatchObject({ passed: true, problems: [] });
});

test("the report names the slow case; one that the head lost fails, one that the base lacked does not", async () => {
  const { measureOnce } = machine({ "case 7": 1.2 }, 6);
  const lacking: MeasureOnce = async (names, seed): Promise<DuelReply> => {
    const reply = { ...(await measureOnce(names, seed)) };
    if (names.includes("case 1")) reply["case 1"] = { missing: "head: no such kernel" };
    if (names.includes("case 2")) reply["case 2"] = { missing: "base: no such kernel" };
    return reply;
  };
  const report = speedReport(await judgeSpeed(NAMES, lacking, 6));
  expect(report.passed).toBe(false);
  expect(report.problems).toEqual([
    "case 1: does not run; head: no such kernel",
    expect.stringMatching(/^case 7: takes 1\.\d{3} times as long, 1\.\d{3} to 1\.\d{3}$/),
  ]);
  expect(report.notes).toEqual(["case 2: base: no such kernel"]);
  expect(report.rows[1]).toEqual(["case 1", "", "", "missing"]);
});
