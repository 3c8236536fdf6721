import { expect, test } from "vitest";
import type { Losses } from "../../src/contract.ts";
import { momentsOf } from "../../src/summary/moments.ts";
import { mergeSummaries, summarize } from "../../src/summary/summary.ts";

const losses: Losses = {
  total: Float64Array.of(0, 10, 4, 99),
  maxOccurrence: Float64Array.of(0, 6, 4, 99),
  claims: Float64Array.of(0, 2, 1, 99),
};

test("a block's summary is of the trials that it has, not of the room in its arrays", () => {
  expect(summarize(losses, 3, 17)).toEqual({
    draws: 17,
    total: momentsOf(Float64Array.of(0, 10, 4), 3),
    maxOccurrence: momentsOf(Float64Array.of(0, 6, 4), 3),
    claims: momentsOf(Float64Array.of(0, 2, 1), 3),
  });
});

test("of an output that was not asked for it is the summary of no values", () => {
  const none = momentsOf(losses.claims, 0);
  expect(summarize(losses, 3, 17, ["total", "claims"])).toEqual({ ...summarize(losses, 3, 17), maxOccurrence: none });
  const alone = summarize(losses, 3, 17, ["total"]);
  expect(alone).toEqual({ ...summarize(losses, 3, 17), maxOccurrence: none, claims: none });
  expect(mergeSummaries(alone, alone)).toMatchObject({ total: { n: 6 }, claims: none });
});

test("summaries merge output by output", () => {
  const merged = mergeSummaries(summarize(losses, 3, 17), summarize(losses, 4, 20));
  expect(merged.draws).toBe(37);
  expect(merged.total).toMatchObject({ n: 7, min: 0, max: 99 });
  expect(merged.total.mean).toBeCloseTo(127 / 7, 12);
  expect(merged.maxOccurrence.mean).toBeCloseTo(119 / 7, 12);
  expect(merged.claims.mean).toBeCloseTo(105 / 7, 12);
});
