import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { allWorkloads } from "../src/workloads.ts";

const byName = new Map(allWorkloads().map((workload) => [workload.name, workload]));

describe("workloads", () => {
  test("all are there, with their book", () => {
    const numbered = Array.from({ length: 11 }, (_, i) => `W${i}`);
    expect([...byName.keys()]).toEqual([...numbered, "headline", "small", "medium", "large", "xlarge"]);
    for (const { book } of byName.values()) expect(existsSync(book)).toBe(true);
  });

  test("all but W8 are checked, mean and sd", () => {
    for (const { name, exact } of byName.values()) {
      if (name === "W8") expect(exact).toBeNull();
      else expect(exact?.exkurt).toBeGreaterThan(0);
    }
  });

  // An FFT on two grids, printed to these digits: a second way to the closed form of moments.json.
  test.each([
    ["small", 79_111.923, 33_106.781, 1e-3],
    ["medium", 3_078_308.4, 293_386.6, 0.1],
  ])("%s: mean and sd agree with the FFT's", (name, mean, sd, lastDigit) => {
    const { exact } = byName.get(name)!;
    expect(Math.abs(exact!.mean - mean)).toBeLessThan(lastDigit);
    expect(Math.abs(exact!.sd - sd)).toBeLessThan(lastDigit);
  });

  test("claims a trial and full numbers of trials", () => {
    expect(byName.get("xlarge")).toMatchObject({ claimsPerTrial: 9000, trialsForTiming: 4096 });
    expect(byName.get("small")).toMatchObject({ claimsPerTrial: 20, trialsForTiming: 1_998_848 });
    expect(byName.get("W10")).toMatchObject({ claimsPerTrial: 10, trialsForTiming: 20_480 });
  });
});
