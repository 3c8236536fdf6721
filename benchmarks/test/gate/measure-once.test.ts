import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { speedCases } from "../../src/gate/speed/cases.ts";
import { measureOnceOf } from "../../src/gate/speed/measure-once.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

test("a process measures the cases that it is asked for, in pairs, and no others", async () => {
  const folder = mkdtempSync(join(tmpdir(), "measure-once-"));
  try {
    const same = join(folder, "same");
    symlinkSync(ROOT, same);
    const names = ["wasm W2", "report", "streaming W0", "workers W0"];
    const reply = await measureOnceOf(ROOT, same)([...names, "no such case"], 3);
    expect(Object.keys(reply).sort()).toEqual(names.sort());
    for (const ratios of Object.values(reply)) {
      expect(ratios).toBeInstanceOf(Array);
      const all = ratios as readonly number[];
      expect(all.length).toBeGreaterThanOrEqual(9);
      expect(all.every(Number.isFinite)).toBe(true);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("every case has a name of its own", () => {
  const names = speedCases().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
