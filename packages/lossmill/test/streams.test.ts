import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPortfolio, resolveConfig } from "@lossmill/core";
import { afterAll, describe, expect, test } from "vitest";
import { type SimulationResult, simulate, simulateStream } from "../src/index.ts";
import { runSimulation } from "../src/run-simulation.ts";
import { lossmill } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "lossmill-streams-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const policy = {
  id: "a",
  frequency: { law: "poisson", lambda: 2 },
  severity: { law: "lognormal", meanlog: 8, sdlog: 1 },
};
const portfolio = { name: "book", currency: "EUR", policies: [policy] };
const book = join(folder, "book.json");
writeFileSync(book, JSON.stringify(portfolio));

const figuresOf = ({ mean, sd, claims, quantiles }: Figures) => ({ mean, sd, claims, quantiles });
type Figures = Pick<SimulationResult, "mean" | "sd" | "claims" | "quantiles">;
const seed = "5";

describe("simulateStream", () => {
  test("has the figures of a run that keeps its losses, to the last bit", async () => {
    const kept = await simulate(portfolio, { trials: 30_000, seed });
    for (const config of [{}, { workers: 2 }, { kernel: "vectorized" }]) {
      const streamed = await simulateStream(portfolio, { trials: 30_000, seed, ...config });
      expect(streamed).toMatchObject({ ...figuresOf(kept), trials: 30_000, complete: true, backend: "streaming" });
    }
  });

  test("stops at a precision, which --trials reproduces, however many threads there are", async () => {
    const options = { until: "mean < 0.3% and var90 < 0.5%", at: [0.9] };
    const found = await simulateStream(portfolio, { seed }, options);
    expect(found).toMatchObject({ stoppedBy: "precision", complete: true, horizon: 256 * 4096 });
    expect(found.mean.se! / found.mean.value!).toBeLessThan(0.003);
    const threaded = await simulateStream(portfolio, { seed, workers: 3 }, options);
    expect(threaded).toMatchObject({ ...figuresOf(found), trials: found.trials });
    const again = await simulate(portfolio, { seed, trials: found.trials, horizon: found.horizon }, { at: [0.9] });
    expect(figuresOf(again)).toEqual(figuresOf(found));
  });

  test("stops at a time, at a signal, and at the trials that it was told", async () => {
    expect(await simulateStream(portfolio, { seed }, { until: "0.2s" })).toMatchObject({ stoppedBy: "time" });
    const controller = new AbortController();
    const onPart = () => controller.abort();
    const stopped = await simulateStream(portfolio, { seed }, { signal: controller.signal, onPart, until: "1h" });
    expect(stopped).toMatchObject({ stoppedBy: "signal", complete: false, trials: 4096 });
    const told = await simulateStream(portfolio, { seed, trials: 5000 }, { until: "mean < 0.0001%" });
    expect(told).toMatchObject({ stoppedBy: "trials", complete: true, trials: 5000 });
  });

  test.each([
    ["var99", /^until: expected a time/],
    ["mean < 0%", /^until: /],
  ])("refuses %j", async (until, message) => {
    await expect(simulateStream(portfolio, {}, { until })).rejects.toThrow(message);
  });

  test("refuses a precision that the book's moments put out of reach, before it begins", async () => {
    const heavy = { ...policy, severity: { law: "pareto", shape: 1.5, scale: 1000 } };
    const onStart = () => expect.unreachable();
    const run = simulateStream({ ...portfolio, policies: [heavy] }, { seed }, { until: "mean < 5%", onStart });
    await expect(run).rejects.toMatchObject({ code: "BAD_CONFIGURATION", faults: [{ place: "until" }] });
    await expect(run).rejects.toThrow(/until: mean would have no standard error.* variance .* is infinite/);
  });

  test("simulate keeps its losses or refuses; the command streams what it cannot keep, and marks what it does not know", async () => {
    const config = { trials: 200_000, seed, memoryLimit: 1e6 };
    await expect(simulate(portfolio, config)).rejects.toThrow(/200000 trials need .*; a stream keeps no losses/);
    const notes: string[] = [];
    const onNote = ({ message }: { readonly message: string }) => void notes.push(message);
    const { result, losses } = await runSimulation(checkPortfolio(portfolio), resolveConfig(config), { onNote });
    expect(losses).toBeNull();
    expect(notes).toContain("streamed: the losses would not fit into memory");
    const whole = await simulate(portfolio, { trials: 200_000, seed });
    const [median, , , , , , , , , , far] = result.quantiles;
    expect(far.var).toEqual(whole.quantiles[10].var);
    expect(median.var.approximate).toBe(2 ** -11);
    expect(Math.abs(median.var.value! / whole.quantiles[0].var.value! - 1)).toBeLessThan(2 ** -11);
  });
});

describe("the command line", () => {
  test("--until, --backend streaming and --losses", async () => {
    const losses = join(folder, "losses.csv");
    const args = ["simulate", book, "--seed", seed, "--losses", losses];
    const { code, stdout } = await lossmill([...args, "--until", "mean < 1%"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Precise enough\. The same figures: --trials 262144 --horizon 1048576 --seed 5/);
    const written = readFileSync(losses, "utf8");
    expect(written.trimEnd().split("\n")).toHaveLength(262_145);
    await lossmill([...args, "--trials", "262144", "--horizon", "1048576"]);
    expect(readFileSync(losses, "utf8")).toBe(written);
    const streamed = await lossmill([...args, "--trials", "9000", "--backend", "streaming", "--json", "-v", "2"]);
    expect(JSON.parse(streamed.stdout)).toMatchObject({ backend: "streaming", trials: 9000, stoppedBy: "trials" });
    expect(streamed.stderr).toMatch(/^backend {6}streaming over wasm \(argument; kernel auto: the fastest\)$/m);
  });

  test.each([["text"], ["json"]])("a reader of %s that is gone takes no result with it", async (form) => {
    const args = ["simulate", book, "--seed", seed, "--trials", "300000", "-v", "3", "--log", form, "--json"];
    const { code, stdout } = await lossmill(args, { isDeaf: true });
    expect([code, JSON.parse(stdout).trials]).toEqual([0, 300_000]);
  });

  test("a precision out of reach: one line, exit code 2", async () => {
    const heavy = join(folder, "heavy.json");
    const severity = { law: "pareto", shape: 1.5, scale: 1000 };
    writeFileSync(heavy, JSON.stringify({ ...portfolio, policies: [{ ...policy, severity }] }));
    const { code, stdout, stderr } = await lossmill(["simulate", heavy, "--until", "tvar99 < 1%"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^lossmill: until: tvar99 would have no standard error, [^\n]*\n$/);
  });

  test("--log json: lines for a collector, as many as -v asks for", async () => {
    const args = ["simulate", book, "--seed", seed, "--trials", "300000", "--workers", "2", "--log", "json", "--json"];
    const messages = async (verbose: string) => {
      const { code, stdout, stderr } = await lossmill([...args, "-v", verbose]);
      expect([code, JSON.parse(stdout).trials]).toEqual([0, 300_000]);
      return stderr
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    };
    expect(await messages("1")).toEqual([]);
    const lines = await messages("2");
    const memory = expect.stringMatching(/^memory: .* all losses kept; threads: 2, blocks ahead in at most /);
    expect(lines.map(({ msg }) => msg)).toEqual(["started", memory, "computed on 2 threads", "so far", "finished"]);
    expect(lines[0]).toMatchObject({ backend: "workers", kernel: "wasm", seed, trials: 300_000 });
    const found = { value: expect.any(Number), se: expect.any(Number) };
    const figures = [
      { figure: "mean", ...found },
      { figure: "var", p: 0.995, ...found },
    ];
    expect(lines[3]).toMatchObject({ trials: 262_144, figures });
    expect(lines[4]).toMatchObject({ stoppedBy: "trials", stages: { plan: expect.any(Number) } });
    expect(lines[4]["claimsByForm"]).toEqual({ quantile: 2, curve: 0, line: 0, steps: 0, law: 0 });
    const all = await messages("3");
    expect(all.filter(({ msg }) => msg === "block")).toHaveLength(74);
    expect(all.at(-1)?.["trials"]).toHaveLength(10);
  });

  test.each([
    [["--log", "xml"], /^lossmill: --log: expected text or json, found "xml"/],
    [["--until", "soon"], /^lossmill: until: expected a time/],
    [["--checkpoint-seconds", "x", "--checkpoint", join(folder, "x")], /--checkpoint-seconds: expected a number/],
    [["--checkpoint", join(folder, "x.csv"), "--losses", join(folder, "x.csv")], /--checkpoint: expected another file/],
    [["--checkpoint", book], /checkpoint .*book\.json: exists: go on with it by lossmill resume, or remove it/],
    [["--checkpoint", join(folder, "none", "x")], /checkpoint .*: no such file or folder/],
  ])("%j is told, with exit code 2", async (args, message) => {
    const { code, stdout, stderr } = await lossmill(["simulate", book, "--trials", "5000", "-v", "0", ...args]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });
});

describe("checkpoints", () => {
  const trials = "1e6";
  const fresh = async () =>
    JSON.parse((await lossmill(["simulate", book, "--seed", seed, "--trials", trials, "--json"])).stdout);
  const withoutTimes = (result: Record<string, unknown>) => ({ ...result, seconds: 0, backend: "" });

  const lastLine = (file: string) => readFileSync(file, "latin1").slice(-200).trimEnd().split("\n").at(-1);

  test("Ctrl-C saves, whatever the time, and other threads go on; a complete run can be asked again", async () => {
    const path = join(folder, "stopped");
    const args = ["simulate", book, "--seed", seed, "--trials", trials, "--json"];
    const saved = ["--checkpoint", path, "--losses", `${path}.csv`, "-v", "3", "--workers", "1"];
    const stopped = await lossmill([...args, ...saved], { interruptOn: /block 20:/ });
    expect(stopped.code).toBe(130);
    const { trials: done } = JSON.parse(stopped.stdout) as { readonly trials: number };
    expect(lastLine(`${path}.csv`)).toMatch(new RegExp(`^${done - 1},`));
    const whole = withoutTimes(await fresh());
    for (const workers of ["2", "1"]) {
      const { code, stdout } = await lossmill(["resume", path, "--json", "--workers", workers, "-v", "0"]);
      expect(code).toBe(0);
      expect(withoutTimes(JSON.parse(stdout))).toEqual(whole);
      expect(lastLine(`${path}.csv`)).toMatch(/^999999,/);
    }
  });

  test("what was asked for is kept: levels and the rule", async () => {
    const path = join(folder, "ruled");
    const rule = ["--until", "tvar99 < 0.6%", "--at", "99"];
    const args = ["simulate", book, "--seed", seed, ...rule];
    const stopped = await lossmill([...args, "--checkpoint", path, "-v", "3"], { interruptOn: /block 5:/ });
    expect(stopped.code).toBe(130);
    const resumed = JSON.parse((await lossmill(["resume", path, "--json"])).stdout);
    const whole = JSON.parse((await lossmill([...args, "--json"])).stdout);
    expect(withoutTimes(resumed)).toEqual(withoutTimes(whole));
    expect(resumed).toMatchObject({ stoppedBy: "precision", quantiles: [{ p: 0.99 }] });
  });

  test("a file that is not whole, not ours, or of another version: a clear error", async () => {
    const path = join(folder, "good");
    await lossmill(["simulate", book, "--seed", seed, "--trials", "9000", "--checkpoint", path, "-v", "0"]);
    const bytes = readFileSync(path);
    const spoilt = async (name: string, contents: Uint8Array | string) => {
      const file = join(folder, name);
      writeFileSync(file, contents);
      const { code, stdout, stderr } = await lossmill(["resume", file]);
      expect([code, stdout]).toEqual([2, ""]);
      return stderr;
    };
    expect(await spoilt("cut", bytes.subarray(0, bytes.length - 9))).toMatch(
      /checkpoint .*cut: is damaged or not whole/,
    );
    const changed = Buffer.from(bytes);
    changed[changed.length - 5] ^= 1;
    expect(await spoilt("changed", changed)).toMatch(/is damaged or not whole/);
    expect(await spoilt("foreign", "something else\n")).toMatch(/is not a checkpoint/);
    expect(await spoilt("empty", "")).toMatch(/is not a checkpoint/);
    const [line, ...rest] = bytes.toString("latin1").split("\n");
    const body = rest.join("\n").replace(/"version":"[^"]*"/, '"version":"99.0.0"');
    const sum = createHash("sha256").update(Buffer.from(body, "latin1")).digest("hex");
    const other = Buffer.from(`${line.split(" ")[0]} ${sum}\n${body}`, "latin1");
    expect(await spoilt("other", other)).toMatch(/was made by version 99\.0\.0, this is /);
    const { code, stderr } = await lossmill(["resume", join(folder, "nowhere")]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/nowhere: no such file or folder/);
    expect(statSync(path).size).toBe(bytes.length);
  });
});
