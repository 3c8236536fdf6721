import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Profiler } from "node:inspector";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { backend, kernel } from "@lossmill/backend-naive";
import { type Plan, checkPortfolio, collect, inProcess, makePlan } from "@lossmill/core";
import { afterAll, describe, expect, test } from "vitest";
import { STAGES, type Staged, profile, profiled } from "../../src/profile/index.ts";
import { timeProfile } from "../../src/profile/time-profile.ts";

const folder = mkdtempSync(join(tmpdir(), "lossmill-profile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => pathToFileURL(join(folder, name)).href;

/** A stack, outermost function first, with the samples of the innermost by line. */
interface Stack {
  readonly frames: readonly (readonly [functionName: string, url: string])[];
  readonly ticks: Readonly<Record<number, number>>;
}

const sumOf = (ticks: Stack["ticks"]) => Object.values(ticks).reduce((sum, count) => sum + count, 0);

/** A profile of two seconds with these stacks below its root. */
function profileOf(stacks: readonly Stack[]): Profiler.Profile {
  const node = (id: number, functionName: string, url: string): Profiler.ProfileNode => {
    return { id, callFrame: { functionName, scriptId: "1", url, lineNumber: 0, columnNumber: 0 }, children: [] };
  };
  const nodes = [node(1, "(root)", "")];
  for (const { frames, ticks } of stacks) {
    let above = nodes[0];
    for (const [functionName, url] of frames) {
      const below = node(nodes.length + 1, functionName, url);
      above.children!.push(below.id);
      nodes.push((above = below));
    }
    above.hitCount = sumOf(ticks);
    above.positionTicks = Object.entries(ticks).map(([line, count]) => ({ line: Number(line), ticks: count }));
  }
  return { nodes, startTime: 0, endTime: 2e6 };
}

const declared: readonly Staged[] = [
  {
    module: at("kernel.ts"),
    stages: {
      severities: ["laws", "amounts/powers"],
      reduce: ["tally"],
      terms: ["tally/settle"],
      prepare: ["kernel/prepare"],
    },
  },
];

/** The stages that have samples. */
function stagesOf(stacks: readonly Stack[]) {
  const { stages } = timeProfile(profileOf(stacks), declared);
  return Object.fromEntries(stages.filter(({ samples }) => samples > 0).map(({ stage, samples }) => [stage, samples]));
}

describe("stages", () => {
  const compute = ["compute", at("kernel.js")] as const;

  test("the innermost function that is declared counts, the longest path decides", () => {
    const stacks: readonly Stack[] = [
      { frames: [compute, ["quantile", at("laws/gamma.js")], ["helper", at("helper.js")]], ticks: { 1: 8 } },
      { frames: [compute, ["add", `${at("tally.mjs")}?2`]], ticks: { 1: 4 } },
      { frames: [compute, ["add", at("tally.ts")], ["settle", at("tally.ts")]], ticks: { 1: 2 } },
      { frames: [compute, ["settleAll", at("tally.ts")]], ticks: { 1: 1 } },
    ];
    expect(stagesOf(stacks)).toEqual({ severities: 8, reduce: 5, terms: 2 });
  });

  test("functions in WebAssembly go by their own names, wherever they come from", () => {
    const wasm = "wasm://wasm/0123";
    const stacks: readonly Stack[] = [
      { frames: [compute, ["tally/add", wasm], ["amounts/powers", wasm]], ticks: { 1: 2 } },
      { frames: [compute, ["tally/add", wasm], ["amounts/other", wasm]], ticks: { 1: 1 } },
    ];
    expect(stagesOf(stacks)).toEqual({ severities: 2, reduce: 1 });
  });

  test("all below what prepares is prepared; what nobody declares, another folder's namesake too, is other", () => {
    const stacks: readonly Stack[] = [
      {
        frames: [
          ["prepare", at("kernel.ts")],
          ["quantile", at("laws/gamma.ts")],
        ],
        ticks: { 1: 2 },
      },
      { frames: [compute], ticks: { 1: 3 } },
      { frames: [["add", at("../tally.ts")]], ticks: { 1: 4 } },
      { frames: [["(garbage collector)", ""]], ticks: { 1: 5 } },
    ];
    expect(stagesOf(stacks)).toEqual({ prepare: 2, other: 12 });
  });

  test("every stage is there, shares add up to 1, seconds to the time watched; nothing seen is no NaN", () => {
    const stacks: readonly Stack[] = [
      { frames: [["add", at("tally.ts")]], ticks: { 1: 3 } },
      { frames: [["(idle)", ""]], ticks: { 1: 1 } },
    ];
    const { samples, seconds, stages } = timeProfile(profileOf(stacks), declared);
    expect([samples, seconds]).toEqual([4, 2]);
    expect(stages.map(({ stage }) => stage)).toEqual(STAGES);
    expect(stages.find(({ stage }) => stage === "reduce")).toEqual({
      stage: "reduce",
      samples: 3,
      share: 0.75,
      seconds: 1.5,
    });
    expect(stages.reduce((sum, { share }) => sum + share, 0)).toBe(1);
    expect(timeProfile(profileOf([]), declared).stages.every(({ share }) => share === 0)).toBe(true);
  });
});

describe("functions and lines", () => {
  const source = ["// A source map leads here.", "", "  const amount = 1 as number;", ""].join("\n");

  test("ranked by their own samples, with their text", () => {
    writeFileSync(join(folder, "tally.ts"), "first\n  second\nthird\n");
    const stacks: readonly Stack[] = [
      { frames: [["add", at("tally.ts")]], ticks: { 2: 5, 3: 1 } },
      { frames: [["", at("tally.ts")]], ticks: { 2: 1 } },
      { frames: [["(program)", ""]], ticks: { 1: 3 } },
      { frames: [["tally/add", "wasm://wasm/0"]], ticks: { 1: 2 } },
    ];
    const { functions, lines, compiledShare } = timeProfile(profileOf(stacks), declared);
    const file = join(folder, "tally.ts");
    expect(functions.map(({ name, file: where, line, samples, stage }) => [name, where, line, samples, stage])).toEqual(
      [
        ["add", file, 1, 6, "reduce"],
        ["(program)", "", 0, 3, "other"],
        ["tally/add", "", 0, 2, "reduce"],
        ["(anonymous)", file, 1, 1, "reduce"],
      ],
    );
    expect(lines.map(({ line, text, samples }) => [line, text, samples])).toEqual([
      [2, "second", 6],
      [3, "third", 1],
    ]);
    expect([lines[0].share, compiledShare]).toEqual([0.5, 2 / 12]);
  });

  test("of TypeScript where a source map leads there", () => {
    writeFileSync(join(folder, "mapped.ts"), source);
    writeFileSync(join(folder, "mapped.js"), "  const amount = 1;\n//# sourceMappingURL=mapped.js.map\n");
    // Line 1, column 2 is line 3, column 2.
    const map = { version: 3, file: "mapped.js", sourceRoot: "", sources: ["mapped.ts"], names: [], mappings: "EAEE" };
    writeFileSync(join(folder, "mapped.js.map"), JSON.stringify(map));
    const { lines } = timeProfile(profileOf([{ frames: [["f", at("mapped.js")]], ticks: { 1: 1 } }]), []);
    expect(lines).toMatchObject([{ file: join(folder, "mapped.ts"), line: 3, text: "const amount = 1 as number;" }]);
  });

  test.each([
    ["the map is missing", "//# sourceMappingURL=nowhere.js.map\n"],
    ["the map is written into the file", "//# sourceMappingURL=data:application/json;base64,e30=\n"],
  ])("what runs, where %s", (name, reference) => {
    const file = `${name.length}.js`;
    writeFileSync(join(folder, file), `f()\n${reference}`);
    const { lines } = timeProfile(profileOf([{ frames: [["f", at(file)]], ticks: { 1: 1, 99: 1 } }]), []);
    expect(lines.map(({ text }) => text)).toEqual(["f()", ""]);
  });

  test("what is no file, or no longer there, has no lines", () => {
    const stacks = ["node:fs", at("gone.js"), "data:text/javascript,f()"].map((url): Stack => {
      return { frames: [["f", url]], ticks: { 1: 1 } };
    });
    expect(timeProfile(profileOf(stacks), []).lines).toEqual([]);
  });
});

describe("profiled", () => {
  const policy = {
    id: "a",
    frequency: { law: "poisson", lambda: 2 },
    severity: { law: "lognormal", meanlog: 8, sdlog: 1 },
  };
  const planned = (): Plan =>
    makePlan(checkPortfolio({ name: "book", policies: [policy] }), { trials: 9000, seed: "3" });

  test("a kernel that is watched has the same bits, and is asked once", async () => {
    const totals = async (what: typeof kernel) => {
      await using simulator = await inProcess(what, backend).open();
      return (await collect(planned(), simulator.simulate(planned()))).losses.total;
    };
    const watched = profiled(kernel);
    expect(await totals(watched)).toEqual(await totals(kernel));
    const { samples, stages, cpuProfile } = watched.profile();
    expect(samples).toBe(stages.reduce((sum, stage) => sum + stage.samples, 0));
    expect(cpuProfile.samples!.length).toBeGreaterThanOrEqual(samples);
    expect(() => watched.profile()).toThrow(expect.objectContaining({ code: "NOT_SUPPORTED" }));
  });

  test("a run that fails is not watched any longer", async () => {
    const plan = () => ({ ...planned(), trials: null });
    await expect(profile({ kernel, promises: backend, plan })).rejects.toMatchObject({ code: "BAD_PLAN" });
    const failing = () => {
      throw new Error("no plan");
    };
    await expect(profile({ kernel, promises: backend, plan: failing })).rejects.toThrow("no plan");
  });

  test("planning and preparing are stages, whatever they call", async () => {
    // Long enough to be seen whatever else the machine does.
    const slowly = () => {
      const until = performance.now() + 60;
      while (performance.now() < until);
    };
    const slow: typeof kernel = {
      ...kernel,
      prepare(plan, compiled) {
        slowly();
        return kernel.prepare(plan, compiled);
      },
    };
    const plan = () => {
      slowly();
      return planned();
    };
    const { stages } = await profile({ kernel: slow, promises: backend, plan });
    for (const name of ["plan", "prepare"]) {
      expect(stages.find(({ stage }) => stage === name)!.samples).toBeGreaterThan(0);
    }
  });
});
