import { readFileSync } from "node:fs";

import type { SeveritySpec } from "@lossmill/core";
import { afterAll, describe, expect, test } from "vitest";

import { quantileOf } from "../../src/quantiles/index.ts";

interface Case {
  severity: SeveritySpec;
  rows: [p: number, upper: boolean, quantile: number][];
}

const file = new URL("../../../../fixtures/quantiles/other-parameters.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] };

// Twice the worst that was seen: a normal law of mean −500 cut at 0, whose amounts are differences of far larger ones.
const TOLERANCE = 2e-12;

let worst = { error: 0, where: "" };
afterAll(() => console.log(`worst relative error of a quantile: ${worst.error.toExponential(1)} ${worst.where}`));

describe("quantiles at extreme parameters, and of laws that the reference file lacks", () => {
  test.each(cases.map((one) => ({ name: JSON.stringify(one.severity), one })))("$name", ({ one }) => {
    const quantile = quantileOf(one.severity);
    for (const [p, upper, truth] of one.rows) {
      const x = quantile(p, upper);
      const error = x === truth ? 0 : Math.abs(x / truth - 1);
      const where = `${one.severity.law} ${upper ? "upper" : "lower"} ${p}`;
      if (error > worst.error) worst = { error, where };
      expect(error, where).toBeLessThanOrEqual(TOLERANCE);
    }
  });
});
