import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { palettes } from "../dashboard/app/palette.ts";
import { type PageData, choicesOf, hashOf, selectionOf } from "../dashboard/app/selection.ts";
import { tiles } from "../dashboard/app/tiles.ts";
import { views } from "../dashboard/app/views/index.ts";
import { page } from "../dashboard/page.ts";
import { dashboardMain } from "../src/dashboard-main.ts";
import { historyRecord } from "../src/history/history-record.ts";
import { recordWith, timedAs } from "./history-records.ts";
import { keptTerminal } from "./terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "dashboard-"));
afterAll(() => rmSync(folder, { recursive: true }));

function dataOf(...records: object[]): PageData {
  return { records: records.map((one) => historyRecord.parse(one)), ours: ["wasm", "naive"], rival: "numpy" };
}

function raceOf(workload: string, trials: number, ...entries: object[]) {
  return { workload, title: "", trials, claimsPerTrial: 1, entries };
}

const old = recordWith({
  machine: { cpu: "Old", cores: 1, memoryBytes: 1e9, system: "Linux", node: "26.0.0" },
  races: [
    raceOf("small", 10, timedAs("naive", 4, 8), timedAs("numpy", 2, 2)),
    raceOf("small", 1000, timedAs("naive", 4, 8), timedAs("numpy", 2, 2)),
  ],
});
const DISAGREEING = {
  book: "A",
  trials: 9,
  backends: ["naive", "wasm"],
  promised: 1e-10,
  worst: 4e-14,
  differing: 0,
  unexplained: 0,
};
const latest = {
  ...recordWith({
    races: [
      raceOf(
        "W1",
        100,
        timedAs("naive", 40, 20, 20),
        timedAs("numpy", 20, 10, 40),
        { ...timedAs("wasm", 5, 5, 5), peakBytes: null },
        { contestant: "r", status: "skipped", reason: "no Rscript" },
        { contestant: "bad", status: "wrong", meanError: 9, sdError: null },
      ),
      raceOf("W2", 100, timedAs("naive", 40), timedAs("numpy", 32), timedAs("wasm", 2)),
    ],
    threads: [
      {
        workload: "W1",
        trials: 10,
        workers: 2,
        speedup: { median: 1.5, low: 1, high: 2 },
        control: { median: 2, low: 2, high: 2 },
        ratio: { median: 0.75, low: 0.5, high: 1 },
      },
    ],
    coverage: { lines: 99.5, branches: 97, functions: 98 },
    agreement: [
      DISAGREEING,
      { book: "A", trials: 9, backends: ["fast", "wasm"], promised: 0, worst: 0, differing: 0, unexplained: 0 },
    ],
  }),
  commit: "abcdef0123456789abcdef0123456789abcdef01",
  committed: "2027-01-02T12:00:00Z",
  modified: true,
};
const data = dataOf(old, latest);

function viewOf(id: string, hash = "", from: PageData = data) {
  const { make } = views.find((view) => view.id === id)!;
  const view = make(from, selectionOf(hash, choicesOf(from), from));
  // Whatever is shown can be drawn on either ground.
  for (const { option } of view.figures) for (const palette of Object.values(palettes)) option(palette);
  return view;
}

describe("what can be asked for", () => {
  test("everything that occurs, the newest record's workloads first, several lengths of one told apart", () => {
    expect(choicesOf(data)).toEqual({
      workloads: ["W1", "W2", "small, 10 trials", "small, 1,000 trials"],
      machines: ["Old, 1 core", "Processor, 2 cores"],
      backends: ["wasm", "naive"],
      rivals: ["numpy", "wasm", "naive"],
    });
  });

  test("is kept in the address, and what is not there is as at first", () => {
    const choices = choicesOf(data);
    const first = selectionOf("", choices, data);
    expect(first).toEqual({ workload: "", machine: "", rival: "numpy", measure: "ratio", backends: ["wasm", "naive"] });
    expect(hashOf(first, choices, data)).toBe("");
    const other = {
      workload: "W2",
      machine: "Old, 1 core",
      rival: "naive",
      measure: "trials",
      backends: ["naive"],
    } as const;
    expect(selectionOf(`#${hashOf(other, choices, data)}`, choices, data)).toEqual(other);
    expect(selectionOf(`#${hashOf({ ...first, backends: [] }, choices, data)}`, choices, data).backends).toEqual([]);
    expect(selectionOf("#workload=W9&measure=constructor&rival=<b>&backends=x,naive", choices, data)).toEqual({
      ...first,
      backends: ["naive"],
    });
  });
});

describe("history", () => {
  test("has ratios of one run, formed round by round, and marks machine and changed files", () => {
    const { figures, table } = viewOf("history");
    expect(figures.map(({ title }) => title)).toEqual(["W1", "W2", "small, 10 trials", "small, 1,000 trials"]);
    expect(table.head).toEqual(["date", "commit", "machine", "workload", "trials", "wasm", "naive"]);
    expect(table.rows).toEqual([
      ["2027-01-02", "0123456", "Old, 1 core", "small, 10 trials", "10", "–", "0.375 (0.25 to 0.5)"],
      ["2027-01-02", "0123456", "Old, 1 core", "small, 1,000 trials", "1,000", "–", "0.375 (0.25 to 0.5)"],
      ["2027-01-02", "abcdef0*", "Processor, 2 cores", "W1", "100", "4 (2 to 8)", "0.5 (0.5 to 2)"],
      ["2027-01-02", "abcdef0*", "Processor, 2 cores", "W2", "100", "16", "0.8"],
    ]);
  });

  test("each choice narrows it", () => {
    const cells = (hash: string) => viewOf("history", hash).table.rows.map((row) => row.slice(3));
    expect(cells("workload=W2")).toEqual([["W2", "100", "16", "0.8"]]);
    expect(cells("machine=Old, 1 core&backends=naive").map(([name]) => name)).toEqual([
      "small, 10 trials",
      "small, 1,000 trials",
    ]);
    expect(cells("workload=W1&rival=naive")).toEqual([["W1", "100", "4 (4 to 8)", "–"]]);
    expect(cells("workload=W1&measure=nanoseconds")).toEqual([["W1", "100", "5", "20 (20 to 40)"]]);
    expect(cells("workload=W1&measure=trials&backends=wasm")).toEqual([["W1", "100", "1,000,000"]]);
  });

  test("says why there is nothing", () => {
    expect(viewOf("history", "backends=")).toMatchObject({ figures: [], says: "No backend is chosen." });
    expect(viewOf("history", "workload=small, 10 trials&rival=wasm&backends=naive").says).toBe(
      "No record has naive beside wasm for this choice.",
    );
  });
});

test("beside the others: all contestants of the newest record, the fastest first, who has no time in the table", () => {
  const { says, table } = viewOf("ratios");
  expect(says).toContain("times as slow as wasm, in the newest record: abcdef0* of 2027-01-02 on Processor, 2 cores");
  expect(table.rows.map((row) => row.slice(0, 2))).toEqual([
    ["wasm", "1"],
    // √(4 · 4), √(4 · 16), √(4 · 20)
    ["numpy", "8 (4 to 16)"],
    ["naive", "8.94 (4 to 20)"],
    ["r", "–"],
    ["bad", "–"],
  ]);
  expect(table.rows[3][2]).toBe("skipped: no Rscript");
  expect(table.rows[4][2]).toBe("wrong: mean 9.0 se");
  expect(table.rows[4][3]).toBe("did not run");
  expect(viewOf("ratios", "workload=W1&backends=naive").table.rows[0].slice(0, 2)).toEqual([
    "wasm",
    "0.25 (0.125 to 0.25)",
  ]);
  expect(viewOf("ratios", "machine=Old, 1 core").says).toBe("No record has a time of wasm for this choice.");
});

test("memory: what is unknown is said, not drawn", () => {
  expect(viewOf("memory", "workload=W1").table.rows).toEqual([
    ["naive", "50", "50 MB"],
    ["numpy", "50", "50 MB"],
    ["wasm", "–", "unknown"],
    ["r", "–", "no run"],
    ["bad", "–", "no run"],
  ]);
});

test("threads, coverage and disagreement", () => {
  expect(viewOf("threads").table.rows).toEqual([["W1", "2", "10", "1.5 (1 to 2)", "2", "0.75 (0.5 to 1)"]]);
  expect(viewOf("threads", "workload=W2").says).toMatch(/^No record tells what threads are worth for this choice/);
  expect(viewOf("coverage").table.rows).toEqual([["2027-01-02", "abcdef0*", "99.5 %", "97 %", "98 %"]]);
  const { says, table, figures } = viewOf("agreement");
  expect(says).toContain("wasm and fast: every bit the same");
  expect(figures[0].legend.map(({ name }) => name)).toEqual(["wasm and naive"]);
  expect(table.rows.map((row) => row.slice(2))).toEqual([
    ["wasm and naive", "A", "9", "4.0e-14", "1e-10", "0, 0 unexplained"],
    ["wasm and fast", "A", "9", "none", "every bit", "0, 0 unexplained"],
  ]);
});

test("figures at a glance are the newest", () => {
  const values = (from: PageData, hash = "") =>
    tiles(from, selectionOf(hash, choicesOf(from), from)).map(({ value }) => value);
  expect(values(data)).toEqual(["8 × as fast", "50 MB", "99.5 %", "4.0e-14"]);
  expect(values(data, "machine=Old, 1 core&backends=naive")).toEqual(["0.375 × as fast", "50 MB", "–", "–"]);
  const broken = { ...DISAGREEING, worst: null };
  expect(values(dataOf({ ...latest, agreement: [broken] }))[3]).toBe("beyond measure");
  expect(viewOf("agreement", "", dataOf({ ...latest, agreement: [broken] })).table.rows[0][5]).toBe("beyond measure");
});

test("without records every part says so", () => {
  for (const { id } of views) {
    const view = viewOf(id, "", dataOf());
    expect(view).toMatchObject({ figures: [], table: { rows: [] } });
    expect(view.says).toMatch(/^No (record|backend) /);
  }
  expect(tiles(dataOf(), selectionOf("", choicesOf(dataOf()), dataOf())).map(({ value }) => value)).toEqual([
    "–",
    "–",
    "–",
    "–",
  ]);
});

test("nothing in a record or script ends the page's own script", () => {
  const note = "</script><script>alert(1)</script><!--";
  const html = page(dataOf({ ...latest, note }), { style: "", script: 'const a = "</script><!--";' });
  expect(html.match(/<\/script>/gi)).toHaveLength(2);
  expect(html).not.toContain("<!--");
  const json = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)![1];
  expect(JSON.parse(json).records[0].note).toBe(note);
});

describe("pnpm dashboard", () => {
  test("writes one file that needs no other", async () => {
    const [records, out] = [join(folder, "nowhere"), join(folder, "out", "deep")];
    const terminal = keptTerminal();
    expect(await dashboardMain(["--records", records, "--out", out], terminal)).toBe(0);
    expect(terminal.printed.out).toMatch(/index\.html: 0 records, \d+ kB\n$/);
    expect(readdirSync(out)).toEqual(["index.html"]);
    const html = readFileSync(join(out, "index.html"), "utf8");
    expect(html).toContain("No records yet.");
    expect(html.replace(/<script>.*<\/script>/s, "")).not.toMatch(/\b(src|href)="(?!data:)/);
    expect(html).not.toMatch(/<script[^>]*\b(src|type="module")/);
  });

  test("a damaged record is named, and nothing is written", async () => {
    const [records, out] = [mkdtempSync(join(folder, "records-")), join(folder, "never")];
    writeFileSync(join(records, "2027-01-02-0123456.json"), JSON.stringify({ ...old, machine: null }));
    const terminal = keptTerminal();
    expect(await dashboardMain(["--records", records, "--out", out], terminal)).toBe(2);
    expect(terminal.printed.err).toMatch(/2027-01-02-0123456\.json: machine: [^\n]*\n$/);
    expect(existsSync(out)).toBe(false);
  });
});
