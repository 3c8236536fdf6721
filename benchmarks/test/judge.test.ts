import { describe, expect, test } from "vitest";
import { judge } from "../src/judge.ts";

const EXACT = { mean: 100, sd: 20, exkurt: 4 };

describe("judge", () => {
  test("errors are in standard errors of the pooled runs", () => {
    // 4 runs of 100: se of the mean 20 / √400 = 1; se of the sd, relative, √(6 / 1600).
    const answers = [99, 101, 103, 105].map((mean) => ({ mean, sd: 21 }));
    const { right, meanError, sdError } = judge(answers, 100, EXACT);
    expect(meanError).toBeCloseTo(2, 12);
    expect(sdError).toBeCloseTo(0.05 / Math.sqrt(6 / 1600), 12);
    expect(right).toBe(true);
  });

  test("sds are pooled as variances", () => {
    const { sdError } = judge(
      [
        { mean: 100, sd: 0 },
        { mean: 100, sd: 20 * Math.SQRT2 },
      ],
      100,
      EXACT,
    );
    expect(sdError).toBeCloseTo(0, 12);
  });

  test.each([
    ["mean, above", { mean: 110.1, sd: 20 }],
    ["mean, below", { mean: 89.9, sd: 20 }],
    // 5 · √(6 / 400) = 61.2 %
    ["sd, above", { mean: 100, sd: 32.3 }],
    ["sd, below", { mean: 100, sd: 7.7 }],
    ["no number", { mean: NaN, sd: 20 }],
  ])("5 standard errors are too many: %s", (_, answer) => {
    expect(judge([answer], 100, EXACT).right).toBe(false);
  });

  test("up to 5 are right", () => {
    expect(judge([{ mean: 109.9, sd: 32.2 }], 100, EXACT).right).toBe(true);
  });

  test("without a kurtosis the sd is not checked", () => {
    const verdict = judge([{ mean: 100, sd: 99 }], 100, { ...EXACT, exkurt: null });
    expect(verdict).toEqual({ right: true, meanError: 0, sdError: null });
  });

  test("without a closed form nothing is", () => {
    expect(judge([{ mean: 1, sd: 1 }], 100, null)).toEqual({ right: true, meanError: null, sdError: null });
  });
});
