import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { BLOCK_TRIALS, checkPortfolio, resolveConfig } from "@lossmill/core";
import { tableFromIPC } from "apache-arrow";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type CheckpointFile, newCheckpoint, readCheckpoint } from "../src/checkpoint.ts";
import { type LossesFile, lossesFile, resumeLosses } from "../src/losses/losses-file.ts";
import { resumeSimulation, runSimulation } from "../src/run-simulation.ts";
import type { RunOptions } from "../src/simulation.ts";
import { lossmill } from "./command.ts";
import { book } from "./interrupted.ts";

const TRIALS = 30_000;
const portfolio = checkPortfolio(book);
const config = resolveConfig({ trials: TRIALS, seed: "9" });
const args = ["--seed", "9", "--trials", String(TRIALS), "--by", "policy"];

let folder: string;
let checkpoint: string;
let path: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lossmill-saved-losses-"));
  checkpoint = join(folder, "checkpoint");
  path = join(folder, "losses.csv");
  file = join(folder, "book.json");
  writeFileSync(file, JSON.stringify(book));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Called after each block, before that block is saved. */
type OnBlock = (blocks: number) => void;
const at =
  (moment: number, what: () => void): OnBlock =>
  (blocks) =>
    blocks === moment && what();
const nothing: OnBlock = () => {};

function watching(losses: LossesFile, saving: CheckpointFile, onBlock: OnBlock): RunOptions {
  let blocks = 0;
  // Nothing is saved but at the beginning and the end, unless the clock is moved.
  const saved = { file: saving, seconds: 1e6 };
  return { byPolicy: true, losses, checkpoint: saved, onPart: () => onBlock(++blocks) };
}

async function begin(onBlock: OnBlock, signal = new AbortController().signal): Promise<void> {
  const saving = newCheckpoint(checkpoint);
  const losses = lossesFile(path, true);
  try {
    const { plan } = await runSimulation(portfolio, config, { ...watching(losses, saving, onBlock), signal });
    await losses.end(plan);
  } finally {
    await losses.abandon();
  }
}

async function resume(onBlock = nothing): Promise<void> {
  const { checkpoint: saved, file: saving } = readCheckpoint(checkpoint);
  const losses = await resumeLosses(saved.losses!);
  try {
    const { plan } = await resumeSimulation(saved, config, watching(losses, saving, onBlock));
    await losses.end(plan);
  } finally {
    await losses.abandon();
  }
}

async function whole(format = ".csv"): Promise<Buffer> {
  const place = join(folder, `whole${format}`);
  const losses = lossesFile(place);
  const { plan } = await runSimulation(portfolio, config, { byPolicy: true, losses });
  await losses.end(plan);
  return readFileSync(place);
}

const partials = () => readdirSync(folder).filter((name) => name.includes("partial"));
const stop = () => {
  throw new Error("stop");
};

/** Leaves a run that is saved after five blocks and was killed after six: its partial file. */
async function killed(): Promise<string> {
  let now = 1;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
  const onBlock = (blocks: number) => {
    if (blocks === 5) now += 2e9;
    if (blocks === 6) stop();
  };
  await expect(begin(onBlock)).rejects.toThrow("stop");
  clock.mockRestore();
  const saved = readCheckpoint(checkpoint).checkpoint.losses!;
  expect(saved.bytes).toBeGreaterThan(0);
  return saved.partial;
}

describe("what goes on is what was saved, or nothing", () => {
  test.each([
    ["missing", (partial: string) => rmSync(partial), /\.partial: no such file/],
    ["cut", (partial: string) => truncateSync(partial, 100), /\.partial: has 100 of the \d+ bytes that were saved/],
    [
      "edited",
      (partial: string) => {
        const bytes = readFileSync(partial);
        bytes[200] ^= 1;
        writeFileSync(partial, bytes);
      },
      /\.partial: is not as it was saved: changed, or another file/,
    ],
    [
      "gone, and another file in its place",
      (partial: string) => {
        rmSync(partial);
        writeFileSync(path, "x".repeat(1e7));
      },
      /losses\.csv: is not as it was saved/,
    ],
  ])("a partial file that is %s: a clear error, and nothing is touched", async (_, spoil, message) => {
    spoil(await killed());
    const before = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString("latin1")]);
    await expect(resume()).rejects.toMatchObject({ code: "BAD_CHECKPOINT", message: expect.stringMatching(message) });
    expect(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString("latin1")])).toEqual(
      before,
    );
  });

  test("a file longer than what was saved goes on, and a save that was not finished is removed", async () => {
    appendFileSync(await killed(), Buffer.alloc(1e7));
    writeFileSync(`${checkpoint}.0123456789ab.saving`, "half");
    writeFileSync(`${checkpoint}.mine`, "");
    await resume();
    expect(readFileSync(path).equals(await whole())).toBe(true);
    const left = ["book.json", "checkpoint", "checkpoint.mine", "losses.csv", "whole.csv"];
    expect(readdirSync(folder)).toEqual(left);
  });
});

describe("Ctrl-C", () => {
  test.each([".csv", ".arrow", ".parquet"])(
    "leaves a whole %s of the years so far, and resume replaces it",
    async (format) => {
      path = join(folder, `losses${format}`);
      const controller = new AbortController();
      await begin(
        at(3, () => controller.abort()),
        controller.signal,
      );
      expect(partials()).toEqual([]);
      expect(await rowsIn(path)).toBe(3 * BLOCK_TRIALS);
      // Whoever goes on with it and is killed leaves it as it is.
      const before = readFileSync(path);
      await expect(resume(at(1, stop))).rejects.toThrow("stop");
      expect(partials()).toHaveLength(1);
      expect(readFileSync(path).equals(before)).toBe(true);
      await resume();
      expect(readFileSync(path).equals(await whole(format))).toBe(true);
      expect(await rowsIn(path)).toBe(TRIALS);
      expect(partials()).toEqual([]);
    },
  );

  test("before anything is saved, the run can go on from nothing", async () => {
    await expect(begin(at(1, stop))).rejects.toThrow("stop");
    expect(readCheckpoint(checkpoint).checkpoint.losses).toMatchObject({ bytes: 0 });
    await resume();
    expect(readFileSync(path).equals(await whole())).toBe(true);
  });
});

async function rowsIn(place: string): Promise<number> {
  if (place.endsWith(".csv")) return readFileSync(place, "utf8").trimEnd().split("\n").length - 1;
  if (place.endsWith(".arrow")) return tableFromIPC(readFileSync(place)).numRows;
  return (await parquetReadObjects({ file: await asyncBufferFromFile(place) })).length;
}

describe("two runs at once", () => {
  test("that write to one place: each writes its own file, and the last one has the place", async () => {
    const other = lossesFile(path);
    let between: Promise<void> | undefined;
    const { plan } = await runSimulation(portfolio, config, {
      byPolicy: true,
      losses: other,
      onPart: () => void (between ??= begin(nothing)),
    });
    await between;
    const first = readFileSync(path);
    await other.end(plan);
    const expected = await whole();
    expect([first.equals(expected), readFileSync(path).equals(expected), partials()]).toEqual([true, true, []]);
  });

  test("that go on with one checkpoint: the later one has it, and the other one says so and ends", async () => {
    let later: Promise<void> | undefined;
    const earlier = begin(at(3, () => void (later = resume())));
    await expect(earlier).rejects.toThrow(/checkpoint .*: another run goes on with it/);
    await later;
    expect(readFileSync(path).equals(await whole())).toBe(true);
    expect(partials()).toEqual([]);
  });

  test("a new one does not take the place of a checkpoint", async () => {
    const saving = newCheckpoint(checkpoint);
    await begin(nothing);
    const before = readFileSync(checkpoint);
    const losses = lossesFile(join(folder, "other.csv"), true);
    const run = runSimulation(portfolio, config, watching(losses, saving, nothing));
    await expect(run).rejects.toThrow(/exists: go on with it by lossmill resume, or remove it/);
    expect(readFileSync(checkpoint).equals(before)).toBe(true);
  });

  test("a partial file that is replaced while it is written is told", async () => {
    const replace = () => {
      const partial = join(folder, partials()[0]);
      copyFileSync(partial, `${partial}.new`);
      renameSync(`${partial}.new`, partial);
    };
    await expect(begin(at(3, replace))).rejects.toThrow(/losses\.csv: was replaced by another run/);
    expect(existsSync(path)).toBe(false);
  });
});

describe("no room", () => {
  test.each([
    ["losses", "1000", 1000, /^lossmill: --losses .*losses\.csv: larger than a file may be\n$/],
    // The rows of the first block are held for a batch, and come with it.
    ["checkpoint", "0", 100, /^lossmill: checkpoint .*checkpoint: larger than a file may be\n$/],
  ])("for the %s: a clear error, and with more room it goes on", async (what, seconds, fileLimit, message) => {
    writeFileSync(path, "mine");
    const place = what === "losses" ? path : join(folder, "losses.parquet");
    const begun = ["simulate", file, ...args, "--losses", place, "--checkpoint", checkpoint, "-v", "0"];
    const { code, stdout, stderr } = await lossmill([...begun, "--checkpoint-seconds", seconds], { fileLimit });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(readFileSync(path, "utf8")).toBe("mine");
    expect(partials().every((name) => name.startsWith(basename(place)))).toBe(true);
    await resume();
    expect(readFileSync(place).equals(await whole(what === "losses" ? ".csv" : ".parquet"))).toBe(true);
    expect(partials()).toEqual([]);
  });
});

describe("a folder that becomes read-only", () => {
  const isRoot = process.getuid?.() === 0;
  /** As a user who may not write there. */
  async function unprivileged(action: () => Promise<void>): Promise<void> {
    if (!isRoot) return await action();
    process.seteuid!(65_534);
    try {
      await action();
    } finally {
      process.seteuid!(0);
    }
  }

  test.skipIf(process.seteuid === undefined)(
    "neither file is lost, and it goes on when it is writable again",
    async () => {
      const partial = await killed();
      const before = [readFileSync(partial), readFileSync(checkpoint)];
      for (const name of [partial, checkpoint]) chmodSync(name, 0o444);
      chmodSync(folder, 0o555);
      await unprivileged(() => expect(resume()).rejects.toThrow(/(checkpoint|losses).*: permission denied/));
      expect([readFileSync(partial), readFileSync(checkpoint)]).toEqual(before);
      for (const name of [partial, checkpoint]) chmodSync(name, 0o644);
      chmodSync(folder, 0o755);
      await resume();
      expect(readFileSync(path).equals(await whole())).toBe(true);
    },
  );
});
