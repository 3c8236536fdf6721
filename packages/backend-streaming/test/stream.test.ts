import { type Part, type Report, BLOCK_TRIALS, collect, existingMoments, report } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { type StreamOptions, type Streamed, parseUntil, stream, streaming } from "../src/index.ts";
import { backend, planOf, shuffled } from "./fake.ts";

async function run(trials: number | null, options: StreamOptions = {}, inner = backend): Promise<Streamed> {
  const plan = planOf(trials);
  await using simulator = await streaming(inner).open();
  return await stream(plan, simulator.simulate(plan), options);
}

/** A run of as many trials, all of them kept, with the horizon of the stream's plan. */
async function batch(trials: number, horizon: number) {
  const plan = planOf(trials, horizon);
  await using simulator = await backend.open();
  const { summary, losses } = await collect(plan, simulator.simulate(plan));
  return { summary, report: report({ ...losses, summary: summary!, exists: existingMoments(plan) }) };
}

/** Holds a stream against a run of as many trials. */
async function checkRepeated({ trials, running }: Streamed, planned: number | null) {
  const again = await batch(trials, planOf(planned).horizon);
  expect(running.summary).toEqual(again.summary);
  const found = running.report(existingMoments(planOf(planned)));
  expect({ ...found, quantiles: [] }).toEqual({ ...again.report, quantiles: [] });
  found.quantiles.forEach((figures, i) => {
    const { var: valueAtRisk, oep, tvar } = again.report.quantiles[i];
    if (figures.var.approximate === undefined) expect(figures.var).toEqual(valueAtRisk);
    if (figures.oep.approximate === undefined) expect(figures.oep).toEqual(oep);
    expect(Math.abs(figures.tvar.value! / tvar.value! - 1)).toBeLessThan((figures.tvar.approximate ?? 0) + 1e-14);
  });
  return found.quantiles.map((figures) => figures.var.approximate !== undefined);
}

async function* nothing(): AsyncGenerator<Part> {}

describe("ends", () => {
  test("with the trials of its plan, and is what a batch is", async () => {
    const streamed = await run(50_000, {}, shuffled());
    expect(streamed).toMatchObject({ trials: 50_000, complete: true, stoppedBy: "trials" });
    expect(await checkRepeated(streamed, 50_000)).not.toContain(true);
  });

  test("at a precision, after 64 blocks or twice as many, wherever parts come first; a batch of so many repeats it", async () => {
    const until = parseUntil("var99.5 < 1% and mean < 0.02");
    for (const inner of [backend, shuffled()]) {
      const streamed = await run(null, { until, keep: 20_000 }, inner);
      expect(streamed).toMatchObject({ trials: 128 * BLOCK_TRIALS, complete: false, stoppedBy: "precision" });
      const approximate = await checkRepeated(streamed, null);
      expect([approximate[0], approximate.at(-1)]).toEqual([true, false]);
    }
  });

  test("tells what it sees when it looks, and no more often", async () => {
    const seen: (number | null)[][] = [];
    const onLook = ({ mean, quantiles }: Report) => void seen.push([mean.se, ...quantiles.map(({ p }) => p)]);
    const until = parseUntil("var99.5 < 1% and mean < 0.02");
    const { running } = await run(null, { until, onLook });
    expect(seen).toHaveLength(2);
    expect(seen[1]).toEqual([running.report(existingMoments(planOf(null))).mean.se, 0.995]);
    expect(seen[0][0]).toBeGreaterThan(seen[1][0]!);
    // Its end is told by its result.
    await run(5 * BLOCK_TRIALS, { until, onLook });
    await run(64 * BLOCK_TRIALS, { until: { seconds: 100 }, onLook });
    expect(seen).toHaveLength(2);
  });

  test("before it begins, where a precision is out of reach", async () => {
    const [line] = planOf(null).lines;
    const severity = { law: "pareto", shape: 1.5, scale: 1 } as const;
    const plan = { ...planOf(null), lines: [{ ...line, severity, terms: { ...line.terms, aggregateLimit: null } }] };
    await using simulator = await backend.open();
    const until = parseUntil("tvar99 < 1%");
    await expect(stream(plan, simulator.simulate(plan), { until })).rejects.toThrow(/until: tvar99 would have no/);
  });

  test("a precision of largest claims, which the plan does not name", async () => {
    const plan = { ...planOf(null), outputs: ["total"] as const };
    await using simulator = await streaming(backend).open();
    const until = (text: string) => stream(plan, simulator.simulate(plan), { until: parseUntil(text) });
    await expect(until("mean < 50% and oep99 < 5%")).rejects.toThrow(
      "until: oep99 is of largest claims, and maxOccurrence is not among the plan's outputs: total",
    );
    expect((await until("mean < 50%")).stoppedBy).toBe("precision");
  });

  test("where it would have ended, for what was saved there", async () => {
    const until = parseUntil("var99.5 < 1% and mean < 0.02");
    const plan = planOf(null);
    const ended = await run(null, { until, keep: 20_000 });
    for (const trials of [ended.trials, 64 * BLOCK_TRIALS]) {
      const { running } = await run(trials, { keep: 20_000 });
      await using simulator = await streaming(backend).open();
      const parts = simulator.simulate(plan, { firstBlock: trials / BLOCK_TRIALS });
      const resumed = await stream(plan, parts, { until, running });
      expect(resumed).toMatchObject({ trials: ended.trials, stoppedBy: "precision" });
      expect(resumed.running.summary).toEqual(ended.running.summary);
    }
    const complete = await run(3 * BLOCK_TRIALS);
    const again = await stream(planOf(complete.trials), nothing(), { until: parseUntil("mean < 50%"), ...complete });
    expect(again).toMatchObject({ trials: complete.trials, complete: true, stoppedBy: "precision" });
  });

  test("at its trials where the precision is not met until then", async () => {
    const streamed = await run(3 * BLOCK_TRIALS, { until: parseUntil("mean < 0.00001%") });
    expect(streamed).toMatchObject({ trials: 3 * BLOCK_TRIALS, complete: true, stoppedBy: "trials" });
  });

  test("and says so where it is met at the end", async () => {
    const streamed = await run(3 * BLOCK_TRIALS + 1, { until: parseUntil("mean < 50%") });
    expect(streamed).toMatchObject({ trials: 3 * BLOCK_TRIALS + 1, complete: true, stoppedBy: "precision" });
  });

  test("at a time", async () => {
    const begin = performance.now();
    const streamed = await run(null, { until: parseUntil("0.2s"), keep: 1000 });
    expect(streamed).toMatchObject({ complete: false, stoppedBy: "time" });
    expect(performance.now() - begin).toBeGreaterThanOrEqual(200);
    expect(streamed.trials % BLOCK_TRIALS).toBe(0);
    expect(streamed.trials).toBeGreaterThan(0);
  });

  test("at a signal, after the block in hand", async () => {
    const controller = new AbortController();
    const state = { open: 0 };
    const onPart = ({ block }: Part) => {
      if (block.index === 4) controller.abort();
    };
    const streamed = await run(null, { signal: controller.signal, onPart }, shuffled(state));
    expect(streamed).toMatchObject({ trials: 5 * BLOCK_TRIALS, complete: false, stoppedBy: "signal" });
    await checkRepeated(streamed, null);
  });

  test("before it begins where the signal was raised before", async () => {
    const streamed = await run(null, { signal: AbortSignal.abort() });
    expect(streamed).toMatchObject({ trials: 0, complete: false, stoppedBy: "signal" });
    expect(streamed.running.summary).toBeNull();
  });

  test("with its input, which a signal ended", async () => {
    const controller = new AbortController();
    const plan = planOf(100_000);
    await using simulator = await streaming(backend).open();
    const parts = simulator.simulate(plan, { signal: controller.signal });
    const onPart = ({ block }: Part) => {
      if (block.index === 2) controller.abort();
    };
    const streamed = await stream(plan, parts, { onPart });
    expect(streamed).toMatchObject({ trials: 3 * BLOCK_TRIALS, complete: false, stoppedBy: "signal" });
  });
});

test("orders parts itself, ends its input and waits for onPart", async () => {
  const state = { open: 0 };
  const seen: number[] = [];
  await using simulator = await shuffled(state).open();
  const plan = planOf(null);
  const streamed = await stream(plan, simulator.simulate(plan), {
    until: parseUntil("sd < 99%"),
    async onPart({ block }, { trials }) {
      await new Promise((resolve) => setImmediate(resolve));
      expect(trials).toBe(block.end);
      seen.push(block.index);
    },
  });
  expect(seen).toEqual(Array.from({ length: 64 }, (_, i) => i));
  expect([streamed.trials, state.open]).toEqual([64 * BLOCK_TRIALS, 0]);
});

test("refuses to keep nothing", async () => {
  await expect(run(5, { keep: 0 })).rejects.toMatchObject({ code: "BAD_CONFIGURATION" });
});
