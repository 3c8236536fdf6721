import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Figure,
  type LossmillError,
  type Part,
  type SavedSummary,
  report,
  restoreSummary,
  runningSummary,
} from "../../src/index.ts";
import { type Summary, mergeSummaries, summarize } from "../../src/summary/summary.ts";

const ALL = { mean: true, variance: true, fourthMoment: true };
const LEVELS = [0.1, 0.5, 0.8, 0.9, 0.99];

/** Losses of one block: total, and half of them as largest claim in the opposite order. */
function partOf(total: Float64Array, start = 0): Part {
  const losses = {
    total,
    maxOccurrence: total.map((x) => x / 2).toReversed(),
    claims: total.map((x) => Number(x > 0)),
  };
  const block = { index: 0, start, end: start + total.length };
  return { block, losses, summary: summarize(losses, total.length, total.length) };
}

const loss = fc.oneof(
  fc.constantFrom(0, 0, 0, 1000, 1000.1),
  fc.double({ min: 1, max: 3, noNaN: true }),
  fc.double({ min: 0.001, max: 1e9, noNaN: true }),
);
const block = fc.array(loss, { minLength: 1, maxLength: 60 }).map((values) => partOf(Float64Array.from(values)));
const blocks = fc.array(block, { minLength: 1, maxLength: 8 });
const keeps = fc.integer({ min: 1, max: 300 });

/** What `collect` and `report` make of the same blocks. */
function whole(parts: readonly Part[]) {
  const all = (of: "total" | "maxOccurrence") => Float64Array.from(parts.flatMap(({ losses }) => [...losses[of]]));
  const summary = parts
    .map((part) => part.summary)
    .reduce<Summary | null>((a, b) => (a ? mergeSummaries(a, b) : b), null)!;
  const [total, maxOccurrence] = [all("total"), all("maxOccurrence")];
  return {
    summary,
    total,
    maxOccurrence,
    report: report({ summary, total, maxOccurrence, exists: ALL, levels: LEVELS }),
  };
}

function running(parts: readonly Part[], keep: number) {
  const summary = runningSummary({ keep });
  for (const part of parts) summary.add(part);
  return summary;
}

const near = (a: number, b: number, error: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(error * Math.abs(b));

/** A VaR: all the same where all of its losses are kept, and else no farther than it says. */
function checkQuantile(found: Figure, exact: Figure): void {
  const { approximate = 0, ...figure } = found;
  if (approximate === 0) return expect(figure).toEqual(exact);
  expect(approximate).toBe(2 ** -11);
  near(found.value!, exact.value!, approximate);
  expect(found.se === null).toBe(exact.se === null);
  if (exact.low === null) return;
  expect(found.low).toBeLessThanOrEqual(exact.low);
  near(found.low!, exact.low, 2 * approximate);
  expect(found.high).toBeGreaterThanOrEqual(exact.high!);
  near(found.high!, exact.high!, 2 * approximate);
  near(found.se!, (found.high! - found.low!) / 3.919928, 1e-15);
}

function checkTail(found: Figure, exact: Figure): void {
  near(found.value!, exact.value!, (found.approximate ?? 0) + 1e-14);
  expect(found.reason).toBe(exact.reason);
  if (found.approximate === undefined && exact.se !== null) {
    expect(Math.abs(found.se! - exact.se)).toBeLessThanOrEqual(1e-9 * exact.value!);
  }
}

test("is the report of all losses, exact in the tail that is kept and near it elsewhere", () => {
  let approximate = 0;
  fc.assert(
    fc.property(blocks, keeps, (parts, keep) => {
      const exact = whole(parts);
      const summary = running(parts, keep);
      expect(summary.trials).toBe(exact.total.length);
      expect(summary.summary).toEqual(exact.summary);
      const found = summary.report(ALL, LEVELS);
      expect({ ...found, quantiles: [] }).toEqual({ ...exact.report, quantiles: [] });
      found.quantiles.forEach((figures, i) => {
        const { var: valueAtRisk, tvar, oep } = exact.report.quantiles[i];
        checkQuantile(figures.var, valueAtRisk);
        checkTail(figures.tvar, tvar);
        checkQuantile(figures.oep, oep);
        const beyond = exact.total.length - Math.ceil(figures.p * exact.total.length - 1e-9);
        if (beyond < keep) expect(figures.tvar.approximate).toBeUndefined();
        if (valueAtRisk.low === null && beyond < keep) expect(figures.var.approximate).toBeUndefined();
        if (exact.total.length <= keep) expect(figures).toEqual(exact.report.quantiles[i]);
        approximate += Number(figures.var.approximate !== undefined);
      });
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    }),
    { numRuns: 400 },
  );
  expect(approximate).toBeGreaterThan(100);
});

test("saved at any moment and restored, it goes on with the same bits; reports change nothing", () => {
  fc.assert(
    fc.property(blocks, keeps, fc.nat(8), fc.nat(8), (parts, keep, saveAt, reportAt) => {
      let interrupted = runningSummary({ keep });
      parts.forEach((part, i) => {
        if (i === saveAt) interrupted = restoreSummary(structuredClone(interrupted.save()));
        if (i > 0 && i === reportAt) interrupted.report(ALL, LEVELS);
        interrupted.add(part);
      });
      const straight = running(parts, keep);
      expect(interrupted.save()).toEqual(straight.save());
      expect(interrupted.summary).toEqual(straight.summary);
      expect(interrupted.report(ALL, LEVELS)).toEqual(straight.report(ALL, LEVELS));
    }),
  );
});

/** What was saved, with what is kept in ascending order: that in which it came is the order of merging. */
function inOrder({ total, maxOccurrence }: SavedSummary) {
  return [total, maxOccurrence].map((saved) => ({ ...saved, largest: saved.largest.toSorted() }));
}

test("two merge in any order: the same distributions, moments but for rounding", () => {
  fc.assert(
    fc.property(blocks, blocks, keeps, (first, second, keep) => {
      const [a, b] = [running(first, keep), running(second, keep)];
      const [savedA, savedB] = [a.save(), b.save()];
      a.absorb(savedB);
      b.absorb(savedA);
      const together = running([...first, ...second], keep).save();
      expect(a.save()).toEqual({ ...together, moments: a.save().moments });
      expect(inOrder(b.save())).toEqual(inOrder(together));
      expect(a.trials).toBe(b.trials);
    }),
  );
});

test("many blocks: what is kept is cut and sorted many times", () => {
  const parts = Array.from({ length: 40 }, (_, b) =>
    partOf(Float64Array.from({ length: 4096 }, (_unused, i) => 1 + (((b * 4096 + i) * 7919) % 163_840))),
  );
  const exact = whole(parts);
  const summary = runningSummary({ keep: 5000 });
  for (const part of parts) {
    summary.add(part);
    summary.report(ALL, [0.99]);
  }
  const found = summary.report(ALL, LEVELS);
  found.quantiles.forEach(({ var: valueAtRisk, oep }, i) => {
    checkQuantile(valueAtRisk, exact.report.quantiles[i].var);
    checkQuantile(oep, exact.report.quantiles[i].oep);
  });
  expect(found.quantiles.map((figures) => figures.var.approximate !== undefined)).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
});

describe("what is infinite", () => {
  test("or not known stays so", () => {
    const summary = running([partOf(Float64Array.from({ length: 200 }, (_, i) => (i < 60 ? i : Infinity)))], 5);
    const { quantiles, mean } = summary.report(ALL, [0.2, 0.5]);
    expect(mean.value).toBeNull();
    expect(quantiles[0].var).toMatchObject({ approximate: 2 ** -11, value: 39 + 1 / 64 });
    expect(quantiles[1].var).toMatchObject({ value: null, reason: "beyond the range of a double" });
    expect(quantiles[1].var).not.toHaveProperty("approximate");
    const none = summary.report({ mean: false, variance: false, fourthMoment: false }, [0.2]).quantiles[0].tvar;
    expect(none).toEqual({ value: null, se: null, low: null, high: null, reason: "the mean is infinite" });
  });
});

test("zeros below what is kept are known exactly", () => {
  const summary = running([partOf(Float64Array.from({ length: 1000 }, (_, i) => (i % 10 === 0 ? i : 0)))], 100);
  for (const figures of summary.report(ALL, LEVELS).quantiles) {
    for (const figure of [figures.var, figures.tvar, figures.oep]) expect(figure).not.toHaveProperty("approximate");
  }
});

describe("refuses", () => {
  const faultOf = (action: () => unknown): Partial<LossmillError> => {
    try {
      action();
    } catch (error) {
      return error as LossmillError;
    }
    throw new Error("nothing was thrown");
  };

  test.each([0, -1, 1.5, Number.NaN, 2e9])("to keep %d", (keep) => {
    const message = `keep: expected a whole number from 1 to 1000000000, found ${keep}`;
    expect(faultOf(() => runningSummary({ keep }))).toMatchObject({ code: "BAD_CONFIGURATION", message });
  });

  test("a report of nothing, which can be saved", () => {
    const nothing = restoreSummary(runningSummary().save());
    expect([nothing.trials, nothing.summary]).toEqual([0, null]);
    expect(faultOf(() => nothing.report(ALL))).toMatchObject({ code: "STOPPED" });
  });

  test("levels outside of 0 and 1", () => {
    const summary = running([partOf(Float64Array.of(1))], 5);
    expect(faultOf(() => summary.report(ALL, [1]))).toMatchObject({ code: "BAD_CONFIGURATION" });
    expect(summary.report(ALL).quantiles).toHaveLength(11);
  });

  test("to go on from one that kept another number", () => {
    const saved = running([partOf(Float64Array.of(1))], 5).save();
    const message = "keep: expected 5, as it was saved, found 6";
    expect(faultOf(() => runningSummary({ keep: 6 }).absorb(saved))).toMatchObject({ message });
  });
});
