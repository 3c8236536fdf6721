import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPortfolio, resolveConfig } from "@lossmill/core";
import * as fc from "fast-check";
import { expect, vi } from "vitest";
import { newCheckpoint, readCheckpoint } from "../src/checkpoint.ts";
import { type LossesFile, lossesFile, resumeLosses } from "../src/losses/losses-file.ts";
import { resumeSimulation, runSimulation } from "../src/run-simulation.ts";
import type { RunOptions, Simulation } from "../src/simulation.ts";

/** By policy a batch of a losses file is 4,572 rows long, a little more than a block. */
export const book = {
  name: "book",
  currency: "EUR",
  policies: Array.from({ length: 40 }, (_, i) => ({
    id: `p${i}`,
    frequency: { law: "poisson", lambda: 0.01 + 0.001 * i },
    severity: { law: "lognormal", meanlog: 5 + i / 16, sdlog: 1 },
  })),
};
const portfolio = checkPortfolio(book);

/** What a run is, and what happens to it. */
export interface Course {
  readonly kernel: string;
  readonly format: ".csv" | ".arrow" | ".parquet" | null;
  readonly byPolicy: boolean;
  readonly until: string | undefined;
  readonly trials: number;
  /** How it is run, and where it is saved and how it ends, in blocks that it computes; the last one is run to the end. */
  readonly legs: readonly Leg[];
}

export interface Leg {
  readonly workers: number;
  readonly batchTrials: number | "auto";
  readonly saves: readonly number[];
  readonly end: { readonly how: "kill" | "signal"; readonly after: number };
}

// Most are cheap: starting threads, and naive, take as long as all the rest.
const leg = fc.record({
  workers: fc.constantFrom(1, 1, 1, 2, 3),
  batchTrials: fc.constantFrom("auto" as const, 1000, 10_000),
  saves: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
  end: fc.record({ how: fc.constantFrom("kill" as const, "signal" as const), after: fc.integer({ min: 1, max: 5 }) }),
});

export const courses: fc.Arbitrary<Course> = fc.record({
  kernel: fc.constantFrom("wasm", "wasm", "vectorized", "vectorized", "naive"),
  format: fc.constantFrom(".csv" as const, ".arrow" as const, ".arrow" as const, ".parquet" as const, null),
  byPolicy: fc.constantFrom(true, true, false),
  until: fc.constantFrom(undefined, "mean < 90%", "tvar99 < 0.0001%"),
  trials: fc.integer({ min: 1, max: 30_000 }),
  legs: fc.array(leg, { minLength: 2, maxLength: 3 }),
});

/** Holds a run that is interrupted as `course` says against one that is not: its figures, and the bytes of its file. */
export async function checkCourse(course: Course): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "lossmill-interrupted-"));
  try {
    const whole = join(folder, `whole${course.format}`);
    const losses = course.format === null ? undefined : lossesFile(whole);
    const config = resolveConfig({ trials: course.trials, seed: "7", kernel: course.kernel });
    const expected = await runSimulation(portfolio, config, { ...askedOf(course), losses });
    await losses?.end(expected.plan);
    const path = join(folder, `losses${course.format}`);
    const found = await interrupted(course, join(folder, "checkpoint"), path);
    expect(figuresOf(found)).toEqual(figuresOf(expected));
    if (losses) expect(readFileSync(path).equals(readFileSync(whole))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function askedOf({ byPolicy, until }: Course): RunOptions {
  return { byPolicy, until, at: [0.9, 0.99] };
}

function figuresOf({ result }: Simulation) {
  return { ...result, seconds: 0, backend: "" };
}

class Killed extends Error {}

async function interrupted(course: Course, checkpoint: string, path: string): Promise<Simulation> {
  let finished: Simulation | undefined;
  for (const [i, each] of course.legs.entries()) {
    const isLast = i === course.legs.length - 1;
    finished = await runLeg(course, each, isLast, checkpoint, path).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
      spoilTail(checkpoint);
      return undefined;
    });
  }
  return finished!;
}

/** What a kill leaves beyond what was saved is anything. */
function spoilTail(checkpoint: string): void {
  const { partial } = readCheckpoint(checkpoint).checkpoint.losses ?? {};
  if (partial !== undefined && existsSync(partial)) appendFileSync(partial, Buffer.alloc(4_000_000, 7));
}

async function runLeg(course: Course, { workers, batchTrials, saves, end }: Leg, isLast: boolean, ...places: string[]) {
  const [checkpoint, path] = places;
  // A clock that only moves where a save is due.
  let now = 1;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
  const config = resolveConfig({ trials: course.trials, seed: "7", kernel: course.kernel, workers, batchTrials });
  const controller = new AbortController();
  let blocks = 0;
  const watching = {
    signal: controller.signal,
    onPart: () => {
      blocks++;
      if (saves.includes(blocks)) now += 5000;
      if (isLast || blocks < end.after) return;
      if (end.how === "kill") throw new Killed();
      controller.abort();
    },
  };
  let losses: LossesFile | undefined;
  try {
    let simulation: Simulation;
    if (existsSync(checkpoint)) {
      const { checkpoint: saved, file } = readCheckpoint(checkpoint);
      losses = saved.losses && (await resumeLosses(saved.losses));
      simulation = await resumeSimulation(saved, config, { ...watching, losses, checkpoint: { file, seconds: 1 } });
    } else {
      const file = newCheckpoint(checkpoint);
      losses = course.format === null ? undefined : lossesFile(path, true);
      const asked = { ...askedOf(course), ...watching, losses, checkpoint: { file, seconds: 1 } };
      simulation = await runSimulation(portfolio, config, asked);
    }
    await losses?.end(simulation.plan);
    return simulation;
  } finally {
    clock.mockRestore();
    await losses?.abandon();
  }
}
