import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { baselinePage } from "../src/baseline-page.ts";
import type { BenchRecord } from "../src/record.ts";

const record = JSON.parse(readText("../records/baseline.json")) as BenchRecord;

function readText(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

describe("docs/baseline.md", () => {
  test("is what its record gives", () => {
    expect(readText("../../docs/baseline.md")).toBe(baselinePage(record));
  });

  test("has naive on every typical book at 1,000, 10,000 and 100,000 trials, every answer right", () => {
    const courses = record.races.map(({ workload, trials }) => `${workload} ${trials}`);
    expect(courses).toEqual(
      ["small", "medium", "large", "xlarge"].flatMap((book) => [1000, 10_000, 100_000].map((n) => `${book} ${n}`)),
    );
    for (const { entries } of record.races) {
      expect(entries.map(({ contestant }) => contestant)).toContain("naive");
      expect(entries.map(({ status }) => status)).toEqual(entries.map(() => "right"));
    }
  });
});
