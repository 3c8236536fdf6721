import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backend as naive, kernel } from "@lossmill/backend-naive";
import { LEVELS, inProcess, resolveConfig } from "@lossmill/core";
import { afterAll, describe, expect, test, vi } from "vitest";
import { exact } from "../src/index.ts";
import { verifyCommand } from "../src/commands/verify-command.ts";
import { exactText } from "../src/print/exact-text.ts";
import { formatError } from "../src/print/number.ts";
import { lossmill } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "lossmill-judge-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const book = join(folder, "book.json");
const policy = {
  id: "a",
  copies: 10,
  frequency: { law: "poisson", lambda: 2 },
  severity: { law: "lognormal", meanlog: 8, sdlog: 1 },
  terms: { occurrence: { deductible: 1000, limit: 100_000 } },
};
writeFileSync(book, JSON.stringify({ name: "Small book", currency: "USD", policies: [policy] }));

const widths = (text: string) =>
  text
    .replaceAll(/\u001B\[\d+m/g, "")
    .split("\n")
    .map(({ length }) => length);

describe("exact", () => {
  test("--json: the shape of a simulation, the figures of the typical small book", async () => {
    const simulated = JSON.parse((await lossmill(["simulate", book, "--json", "--trials", "1000"])).stdout);
    const { code, stdout, stderr } = await lossmill(["exact", book, "--json"]);
    expect([code, stderr]).toEqual([0, ""]);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      portfolio: "Small book",
      currency: "USD",
      backend: "exact",
      trials: null,
      draws: 0,
    });
    expect(answer.quantiles.map(({ p }: { p: number }) => p)).toEqual(LEVELS);
    // What the reader of one knows, the reader of the other finds.
    for (const key of ["claims", "mean", "sd"]) {
      expect(Object.keys(answer[key])).toEqual(expect.arrayContaining(Object.keys(simulated[key])));
    }
    expect(Object.keys(answer.quantiles[0])).toEqual(Object.keys(simulated.quantiles[0]));
    expect(answer.mean.value).toBeCloseTo(79_111.923, 3);
    expect(answer.sd.value).toBeCloseTo(33_106.781, 3);
    const { var: valueAtRisk, tvar } = answer.quantiles[6];
    expect(Math.abs(valueAtRisk.value / 178_968 - 1)).toBeLessThan(2e-5);
    expect(Math.abs(tvar.value / 200_737.2 - 1)).toBeLessThan(2e-5);
    expect(valueAtRisk).toMatchObject({ se: 0, low: valueAtRisk.value - valueAtRisk.error });
  });

  test("for programs: the same answer, and bad books refused", () => {
    const answer = exact({ policies: [policy] }, { at: [0.99] });
    expect(answer.mean.value).toBeCloseTo(79_111.923, 3);
    expect(answer.quantiles.map(({ p }) => p)).toEqual([0.99]);
    expect(() => exact({ policies: [] })).toThrow(/policies/);
  });

  test("a table for a person, at levels of one's own", async () => {
    const { code, stdout } = await lossmill(["exact", book, "--at", "99,99.5"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/exact: no random number · amounts in USD · [\d,]+ points/);
    expect(stdout).toMatch(/mean +79,111\.92 +0/);
    expect(stdout).toMatch(/100 +99 % +178,967\.\d\d +\d/);
    expect(stdout).not.toMatch(/95 %/);
  });

  test("an infinite variance is said", async () => {
    const file = join(folder, "heavy.json");
    const severity = { law: "pareto", shape: 1.5, scale: 2000 };
    writeFileSync(file, JSON.stringify({ name: "heavy", policies: [{ ...policy, terms: {}, severity }] }));
    expect((await lossmill(["exact", file])).stdout).toMatch(/sd +– +the variance is infinite/);
    const { sd } = JSON.parse((await lossmill(["exact", file, "--json"])).stdout);
    expect(sd).toMatchObject({ value: null, se: null, reason: "the variance is infinite" });
  });

  test("keeps within narrow terminals", async () => {
    const result = JSON.parse((await lossmill(["exact", book, "--json"])).stdout);
    for (const width of [200, 118, 90, 80, 60]) {
      for (const length of widths(exactText(result, width)).slice(0, -2)) expect(length).toBeLessThanOrEqual(width);
    }
  });

  test.each([
    [0, "0"],
    [0.003_14, "0.0031"],
    [12.3, "12"],
    [1234, "1,200"],
    [3.14e-9, "3.1e-9"],
  ])("an error of %d", (error, text) => expect(formatError(error)).toBe(text));
});

describe("verify", () => {
  test("a right book passes: a table, exit code 0", async () => {
    const { code, stdout, stderr } = await lossmill(["verify", book, "--trials", "10000", "--seed", "1"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/10,000 years, seed 1, against the exact distribution/);
    for (const level of [0, 1, 2, 3]) {
      for (const name of ["naive", "vectorized", "wasm"]) {
        expect(stdout).toMatch(new RegExp(`${name} +${level} .* passed`));
      }
      expect(stdout).toMatch(new RegExp(`wasm and vectorized +${level} +none +none +every bit +0 +passed`));
    }
    expect(stdout).toMatch(/\d+ findings, 0 failed: passed/);
  });

  test("one backend is held against the definition, the definition against nothing", async () => {
    const args = ["verify", book, "--trials", "2000", "--seed", "1", "--optimize", "0"];
    const one = await lossmill([...args, "--backend", "vectorized"]);
    expect(one.stdout).toMatch(/vectorized and naive +0 /);
    expect(one.stdout).not.toMatch(/wasm/);
    expect((await lossmill([...args, "--backend", "naive"])).stdout).toMatch(/One backend: nothing to compare it with/);
    expect((await lossmill([...args, "--use-wasm", "false"])).stdout).not.toMatch(/wasm/);
  });

  test("--json: the certificate, complete and plain; levels up to --optimize", async () => {
    const args = ["verify", book, "--trials", "5000", "--seed", "7", "--json", "--optimize", "1", "--at", "95,99"];
    const { code, stdout } = await lossmill(args);
    const certificate = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(certificate).toMatchObject({ format: 1, portfolio: "Small book", seed: "7", trials: 5000, passed: true });
    expect(certificate.runs.map(({ level }: { level: number }) => level)).toEqual([0, 0, 0, 1, 1, 1]);
    const checks: { name: string; p: number | null }[] = certificate.runs[0].checks;
    expect(checks.filter(({ name }) => name === "var").map(({ p }) => p)).toEqual([0.95, 0.99]);
  });

  test("a backend that is wrong fails: what, where, by how much; exit code 1", async () => {
    const wrong = inProcess(
      {
        name: "wrong",
        module: import.meta.url,
        async prepare(plan, compiled) {
          const compute = await kernel.prepare(plan, compiled);
          return (block, out) => {
            const draws = compute(block, out);
            for (let t = 0; t < out.total.length; t++) out.total[t] *= 1.05;
            return draws;
          };
        },
      },
      { agreement: 1e-10, supports: naive.supports },
    );
    let stdout = "";
    const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => ((stdout += String(text)), true));
    const config = resolveConfig({ trials: 20_000, seed: "1", verbose: 0 });
    try {
      expect(await verifyCommand(book, { config, json: false }, [naive, wrong])).toBe(1);
    } finally {
      spy.mockRestore();
    }
    expect(stdout).toMatch(/naive +3 .*passed/);
    expect(stdout).toMatch(/wrong +3 .*FAILED/);
    expect(stdout).toMatch(/wrong and naive +0 +4\.\de-2 .*FAILED/);
    expect(stdout).toMatch(/wrong, level 0: mean: 8\d+ simulated, 7\d+ exact, \d+\.?\d* standard errors apart/);
    expect(stdout).toMatch(/findings, \d+ failed: FAILED/);
    expect(Math.max(...widths(stdout))).toBeLessThanOrEqual(120);
  });

  test("Ctrl-C: nothing is proved, exit code 130", async () => {
    const { code, stdout, stderr } = await lossmill(["verify", book, "--trials", "1e6", "-v", "2"], {
      interruptOn: /level 0: passed/,
    });
    expect([code, stdout]).toEqual([130, ""]);
    expect(stderr).toMatch(/stopped before its end, nothing is proved\n$/);
  });
});
