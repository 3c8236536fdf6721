import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { afterAll, describe, expect, test } from "vitest";
import { simulate, simulateStream } from "../src/index.ts";
import { lossmill } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "lossmill-by-policy-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const policies = [
  { id: "=sum", frequency: { law: "poisson", lambda: 1 }, severity: { law: "exponential", scale: 1000 } },
  {
    id: 'b, the "large"',
    copies: 4,
    frequency: { law: "poisson", lambda: 0.1 },
    severity: { law: "gamma", shape: 2, scale: 9000 },
  },
  { id: "c", frequency: { law: "poisson", lambda: 0.01 }, severity: { law: "pareto", shape: 1.5, scale: 100 } },
  { id: "d", frequency: { law: "poisson", lambda: 0 }, severity: { law: "constant", value: 1 } },
];
const portfolio = { name: "book", currency: "EUR", policies };
const book = join(folder, "book.json");
writeFileSync(book, JSON.stringify(portfolio));
const TRIALS = 50_000;
const config = { trials: TRIALS, seed: "4" };

describe("by policy", () => {
  test("losses of policies add up to the total, and figures are theirs", async () => {
    const { losses, byPolicy, mean } = await simulate(portfolio, config, { byPolicy: true });
    expect(losses.byPolicy).toHaveLength(4);
    for (let t = 0; t < TRIALS; t++) {
      const sum = losses.byPolicy!.reduce((all, one) => all + one[t], 0);
      expect(Math.abs(sum - losses.total[t])).toBeLessThanOrEqual(1e-12 * losses.total[t]);
    }
    expect(byPolicy!.map(({ id }) => id)).toEqual(policies.map(({ id }) => id));
    byPolicy!.forEach((figures, i) => {
      const average = losses.byPolicy![i].reduce((a, b) => a + b, 0) / TRIALS;
      expect(figures.mean.value).toBeCloseTo(average, 6);
      expect(figures.share).toBeCloseTo(average / mean.value!, 10);
    });
    // 1,000 a year, and 4 policies of 0.1 claims of 18,000; within 4.5 standard errors.
    for (const [i, exact] of [1000, 7200].entries()) {
      expect(Math.abs(byPolicy![i].mean.value! - exact)).toBeLessThan(4.5 * byPolicy![i].mean.se!);
    }
    // An infinite variance is said of the policy that has it, and of no other.
    expect(byPolicy!.map(({ sd }) => sd.value === null)).toEqual([false, false, true, false]);
    expect(byPolicy![3]).toMatchObject({ mean: { value: 0 }, sd: { value: 0 }, share: 0 });
  });

  test("a stream, and threads, find the same", async () => {
    const { losses: _, byPolicy, ...kept } = await simulate(portfolio, config, { byPolicy: true });
    for (const others of [{}, { workers: 2 }]) {
      const streamed = await simulateStream(portfolio, { ...config, ...others }, { byPolicy: true });
      expect(streamed.byPolicy).toEqual(byPolicy);
      expect(streamed.mean).toEqual(kept.mean);
    }
    expect((await simulate(portfolio, { trials: 10, seed: "1" })).byPolicy).toBeUndefined();
  });
});

describe("the command line", () => {
  const args = ["simulate", book, "--trials", String(TRIALS), "--seed", "4", "--by", "policy"];

  test("prints a table, the largest first, and --json all of it", async () => {
    const { code, stdout } = await lossmill(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^policy +mean +± +sd +of all$/m);
    expect(stdout).toMatch(/b, the "large" .*\n=sum .*\nc .*\nd .*0 %$/m);
    const { byPolicy } = JSON.parse((await lossmill([...args, "--json"])).stdout);
    expect(byPolicy).toHaveLength(4);
  });

  test("writes a column a policy, in every format", async () => {
    const { losses } = await simulate(portfolio, config, { byPolicy: true });
    const second = losses.byPolicy![1];
    const written = async (name: string) => {
      const path = join(folder, name);
      expect((await lossmill([...args, "--losses", path, "-v", "0"])).code).toBe(0);
      return path;
    };
    const [head, ...rows] = readFileSync(await written("a.csv"), "utf8")
      .trimEnd()
      .split("\n");
    expect(head).toBe(`trial,total,max_occurrence,claims,"'=sum","b, the ""large""","c","d"`);
    expect(rows.map((row) => Number(row.split(",")[5]))).toEqual([...second]);
    const table = tableFromIPC(readFileSync(await written("a.arrow")));
    expect(Float64Array.from(table.getChild('policy b, the "large"')!.toArray() as Float64Array)).toEqual(second);
    const read = await parquetReadObjects({ file: await asyncBufferFromFile(await written("a.parquet")) });
    expect(read.map((row) => row['policy b, the "large"'])).toEqual([...second]);
  });

  test("what else is asked for is told, with exit code 2", async () => {
    const { code, stdout, stderr } = await lossmill([...args, "--by", "line"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe('lossmill: --by: expected policy, found "line"\n');
  });
});
