import * as fc from "fast-check";
import { expect, test } from "vitest";
import { lossesBeyond, report, summarize, tailQuantile } from "../../src/index.ts";

const exists = { mean: true, variance: true, fourthMoment: true };

/** The VaR of a report of all losses. */
function varOf(losses: Float64Array, p: number) {
  const summary = summarize({ total: losses, maxOccurrence: losses, claims: losses }, losses.length, 0);
  return report({ summary, total: losses, maxOccurrence: losses, exists, levels: [p] }).quantiles[0].var;
}

test("has the figure of all losses at any time up to the number that it was made for", () => {
  const levels = fc.constantFrom(0.5, 0.9, 0.975, 0.995, 0.999);
  const lengths = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(levels, lengths, fc.integer({ min: 1, max: 1000 }), (p, stretches, step) => {
      const n = stretches.reduce((sum, length) => sum + length, 0);
      // Many equal ones, as years without a claim.
      const losses = Float64Array.from({ length: n }, (_, i) => Math.max((i * step * 7919) % 10_007, 3000));
      const tail = tailQuantile(p, lossesBeyond(n, p));
      let seen = 0;
      for (const length of stretches) {
        tail.add(losses.subarray(seen, seen + length));
        seen += length;
        expect(tail.figure()).toEqual(varOf(losses.subarray(0, seen), p));
      }
    }),
  );
});

test("fewer losses never need more to be kept", () => {
  for (const p of [0.3, 0.9, 0.995, 0.999]) {
    let most = 0;
    for (let n = 1; n < 4000; n++) {
      const needed = lossesBeyond(n, p) - 1;
      expect(most).toBeLessThanOrEqual(needed + 1);
      most = Math.max(most, needed);
    }
  }
});

test("is null from where on too few are kept", () => {
  const tail = tailQuantile(0.9, 150);
  const losses = Float64Array.from({ length: 1000 }, (_, i) => i);
  tail.add(losses);
  expect(tail.figure()).toEqual(varOf(losses, 0.9));
  tail.add(losses);
  expect(tail.figure()).toBeNull();
});
