import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { HISTORY, addToHistory, readHistory } from "../src/history/history.ts";
import { recordMain } from "../src/record-main.ts";
import { recordWith, timedAs } from "./history-records.ts";
import { keptTerminal } from "./terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "history-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Whether git can tell the commit that is checked out, and the earlier ones. */
const isShallow = spawnSync("git", ["rev-parse", "--is-shallow-repository"], { encoding: "utf8" }).stdout;
const clone = isShallow === "false\n" ? "whole" : isShallow === "true\n" ? "shallow" : "none";

let folders = 0;

/** A folder of its own, with these files. */
function folderWith(files: Readonly<Record<string, unknown>> = {}): string {
  const path = join(folder, String(folders++));
  mkdirSync(path);
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(path, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return path;
}

describe("the repository's records", () => {
  const records = readHistory();

  test("are all read, the oldest commit first, and have at least one right answer a race", () => {
    expect(records.length).toBe(readdirSync(HISTORY).length);
    expect(records.map(({ committed }) => committed)).toEqual(records.map(({ committed }) => committed).sort());
    for (const { workload, entries } of records.flatMap(({ races }) => races)) {
      expect(
        entries.map(({ status }) => status),
        workload,
      ).toContain("right");
    }
  });

  test("tell no path and no host", () => {
    for (const file of readdirSync(HISTORY)) {
      expect(readFileSync(join(HISTORY, file), "utf8")).not.toMatch(/[/\\](home|tmp|usr|work|Users)[/\\]/);
    }
  });

  test.skipIf(clone !== "whole")("are of commits that are there, with the time of each", () => {
    for (const { commit, committed } of records) {
      const seconds = execFileSync("git", ["show", "-s", "--format=%ct", commit], { encoding: "utf8" });
      expect(new Date(committed).getTime()).toBe(Number(seconds) * 1000);
    }
  });
});

describe("reading", () => {
  test("a missing folder and an empty one have no records", () => {
    expect(readHistory(join(folder, "nowhere"))).toEqual([]);
    expect(readHistory(folderWith())).toEqual([]);
  });

  test("what a file lacks is empty", () => {
    const [record] = readHistory(
      folderWith({ "2027-01-02-0123456.json": recordWith({ coverage: { lines: 99, branches: 98, functions: 97 } }) }),
    );
    expect(record).toMatchObject({ races: [], threads: [], agreement: [], modified: false, note: "" });
  });

  const timed = timedAs("wasm", 1, 2);
  const races = (...entries: object[]) => [{ workload: "W1", title: "", trials: 1, claimsPerTrial: 1, entries }];
  const good = recordWith({ races: races(timed) });
  test.each<[string, string, unknown, RegExp]>([
    ["another name", "notes.json", good, /notes\.json: is no record: records are named YYYY-MM-DD-COMMIT\.json$/],
    ["no JSON", "2027-01-02-0123456.json", '{"format": 1', /0123456\.json: is not JSON: /],
    ["another day", "2027-01-03-0123456.json", good, /0123456\.json: date: is 2027-01-02, not the day in the name$/],
    ["another commit", "2027-01-02-abcdef0.json", good, /commit: is 0123456\w+, not the one in the name$/],
    ["a later format", "2027-01-02-0123456.json", { ...good, format: 2 }, /0123456\.json: format: /],
    ["a record of bench", "2027-01-02-0123456.json", { ...good, rounds: 3 }, /0123456\.json: .*"rounds"/],
    [
      "a figure that is missing",
      "2027-01-02-0123456.json",
      recordWith({ races: races({ ...timed, trialsPerSecond: null }) }),
      /: races\[0\]\.entries\[0\]\.trialsPerSecond: /,
    ],
    [
      "a time of a wrong answer",
      "2027-01-02-0123456.json",
      recordWith({ races: races({ ...timed, status: "wrong" }) }),
      /: races\[0\]\.entries\[0\]: .*"nanosecondsPerClaim"/,
    ],
    [
      "rounds that differ",
      "2027-01-02-0123456.json",
      recordWith({ races: races(timed, timedAs("naive", 1)) }),
      /: races\[0\]: contestants differ in their number of rounds$/,
    ],
    [
      "a contestant twice",
      "2027-01-02-0123456.json",
      recordWith({ races: races(timed, timed) }),
      /: races\[0\]: a contestant is there twice$/,
    ],
    ["nothing measured", "2027-01-02-0123456.json", recordWith({}), /: nothing is measured/],
  ])("%s is refused by its name and place, in one line", (_, name, content, message) => {
    const path = folderWith({ "2026-12-31-0123456.json": { ...good, date: "2026-12-31" }, [name]: content });
    expect(() => readHistory(path)).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringMatching(message) }),
    );
    expect(() => readHistory(path)).toThrow(expect.objectContaining({ message: expect.not.stringContaining("\n") }));
  });
});

describe("adding", () => {
  test("is what is read again; a second record of a commit has a name of its own", () => {
    const into = join(folderWith(), "new");
    const record = recordWith({
      races: [{ workload: "W1", title: "a book", trials: 10, claimsPerTrial: 2, entries: [timedAs("wasm", 3, 4, 5)] }],
    });
    expect([addToHistory(record, into), addToHistory(record, into)]).toEqual(
      ["2027-01-02-0123456.json", "2027-01-02-0123456-2.json"].map((name) => join(into, name)),
    );
    const whole = { modified: false, note: "", threads: [], coverage: null, agreement: [], ...record };
    expect(readHistory(into)).toEqual([whole, whole]);
  });

  test("what is no record is not written", () => {
    const into = folderWith();
    expect(() => addToHistory(recordWith({}), into)).toThrow("the new record: nothing is measured");
    expect(readdirSync(into)).toEqual([]);
  });
});

const PEERS = join(import.meta.dirname, "../records/peers.json");
const SCALING = join(import.meta.dirname, "../records/scaling.json");
const { date, machine } = JSON.parse(readFileSync(PEERS, "utf8"));

const sources = folderWith({
  // As if of the same day and machine, which ours need not be.
  "scaling.json": { ...JSON.parse(readFileSync(SCALING, "utf8")), date, machine },
  "coverage.json": {
    total: { lines: { pct: 99.1 }, branches: { pct: 97.2 }, functions: { pct: 98.3 }, statements: { pct: 99 } },
  },
  "certificate.json": {
    format: 1,
    portfolio: "A book",
    trials: 1000,
    agreements: [
      agreementAt(0, 3e-14, 2e-14),
      agreementAt(3, 1e-14, 4e-14),
      { ...agreementAt(3, 9, 9), compared: false },
      { ...agreementAt(3, 0, null), backends: ["vectorized", "wasm"], promised: 0 },
    ],
  },
});

function agreementAt(level: number, total: number | null, maxOccurrence: number | null) {
  const claims = { differing: 1, unexplained: 0 };
  return {
    level,
    backends: ["naive", "wasm"],
    promised: 1e-10,
    compared: true,
    total: { relative: total },
    maxOccurrence: { relative: maxOccurrence },
    claims,
  };
}

async function recorded(...args: string[]) {
  const terminal = keptTerminal();
  const into = folderWith();
  const exitCode = await recordMain([...args, "--into", into], terminal);
  return { exitCode, ...terminal.printed, records: readHistory(into) };
}

describe.skipIf(clone === "none")("pnpm record", () => {
  test("makes one record of the files of bench, scaling, coverage and verify", async () => {
    const { exitCode, err, out, records } = await recorded(
      "--bench",
      PEERS,
      "--scaling",
      join(sources, "scaling.json"),
      "--coverage",
      join(sources, "coverage.json"),
      "--verify",
      join(sources, "certificate.json"),
      join(sources, "certificate.json"),
      "--note",
      "a test",
    );
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    expect(out).toMatch(/\d{4}-\d\d-\d\d-[0-9a-f]{7}\.json\n$/);
    const [record] = records;
    const peers = JSON.parse(readFileSync(PEERS, "utf8"));
    expect(record).toMatchObject({ date: peers.date, machine: peers.machine, note: "a test" });
    expect(record.commit).toBe(execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim());
    expect(record.races.map(({ workload }) => workload)).toEqual(
      peers.races.map(({ workload }: { workload: string }) => workload),
    );
    const [{ trials, claimsPerTrial, entries }] = peers.races;
    expect(record.races[0].entries[0]).toMatchObject({
      contestant: "naive",
      nanosecondsPerClaim: entries[0].samples.map(({ cpuSeconds }: { cpuSeconds: number }) =>
        Number(((cpuSeconds / trials / claimsPerTrial) * 1e9).toPrecision(6)),
      ),
    });
    expect(record.threads.length).toBeGreaterThan(0);
    expect(record.coverage).toEqual({ lines: 99.1, branches: 97.2, functions: 98.3 });
    // The worst of both levels and outputs; what was not compared does not count; null is beyond measure.
    const pair = {
      book: "A book",
      trials: 1000,
      backends: ["naive", "wasm"],
      promised: 1e-10,
      worst: 4e-14,
      differing: 2,
      unexplained: 0,
    };
    const bits = { ...pair, backends: ["vectorized", "wasm"], promised: 0, worst: null, differing: 1 };
    expect(record.agreement).toEqual([pair, bits, pair, bits]);
  });

  test("of another commit, by its name", async () => {
    const { records } = await recorded("--coverage", join(sources, "coverage.json"), "--commit", "HEAD");
    expect(records).toMatchObject([{ modified: false, coverage: { lines: 99.1 } }]);
  });

  test.each<[string, string[], string]>([
    ["nothing", [], "nothing to record; options are --bench, --scaling, --coverage, --verify"],
    ["a file that is not there", ["--bench", "nowhere.json"], "nowhere.json: cannot be read"],
    ["a file of something else", ["--coverage", PEERS], "peers.json: total: "],
    ["a certificate as a record of bench", ["--bench", join(sources, "certificate.json")], "certificate.json: date: "],
    ["a commit that is not there", ["--bench", PEERS, "--commit", "no-such-commit"], "git does not tell: fatal: "],
    ["an option for git", ["--bench", PEERS, "--commit", "--output=x"], "git does not tell: fatal: "],
    ["an unknown option", ["--races", PEERS], "unknown option '--races'"],
  ])("%s: one line, exit code 2, nothing written", async (_, args, message) => {
    const { exitCode, out, err, records } = await recorded(...args);
    expect({ exitCode, out, records }).toEqual({ exitCode: 2, out: "", records: [] });
    expect(err).toContain(message);
    expect(err.trimEnd()).not.toContain("\n");
  });

  test("files of different days are not one record", async () => {
    const other = folderWith();
    copyFileSync(PEERS, join(other, "peers.json"));
    const scaling = JSON.parse(readFileSync(SCALING, "utf8"));
    writeFileSync(join(other, "scaling.json"), JSON.stringify({ ...scaling, date: "2020-02-02" }));
    const { exitCode, err } = await recorded(
      "--bench",
      join(other, "peers.json"),
      "--scaling",
      join(other, "scaling.json"),
    );
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^the files differ in their date, "[\d-]+" and "2020-02-02": make a record of each\n$/);
  });
});
