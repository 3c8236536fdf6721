import * as fc from "fast-check";
import { expect, test } from "vitest";
import { report, summarize, tailQuantile } from "../../src/index.ts";

const exists = { mean: true, variance: true, fourthMoment: true };

/** The VaR of a report of all losses. */
function varOf(losses: Float64Array, p: number) {
  const summary = summarize({ total: losses, maxOccurrence: losses, claims: losses }, losses.length, 0);
  return report({ summary, total: losses, maxOccurrence: losses, exists, levels: [p] }).quantiles[0].var;
}

/** Losses of a multiplicative hash, scattered, of which many are equal where they are cut at `least` and `most`. */
function scattered(n: number, least = 0, most = Infinity): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    const u = ((Math.imul(i + 1, 0x9e3779b1) >>> 0) + 0.5) / 4_294_967_296;
    return Math.min(Math.max(1 / Math.sqrt(u) - 1, least), most);
  });
}

/** Holds it against all losses after each of some stretches; returns what it knew. */
function checkStretches(losses: Float64Array, p: number, stretches: readonly number[], most = 1e6) {
  const tail = tailQuantile(p, most);
  let seen = 0;
  return stretches.map((length) => {
    tail.add(losses.subarray(seen, seen + length));
    seen += length;
    const found = tail.figure();
    if (found !== null) expect(found).toEqual(varOf(losses.subarray(0, seen), p));
    return found !== null;
  });
}

test("has the figure of all losses, however few", () => {
  const levels = fc.constantFrom(0.3, 0.5, 0.9, 0.975, 0.995, 0.999);
  const lengths = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(levels, lengths, (p, stretches) => {
      expect(checkStretches(scattered(12_000), p, stretches)).not.toContain(false);
    }),
  );
});

test.each([
  ["scattered", scattered(400_000)],
  ["of which most are nothing", scattered(400_000, 12)],
  ["of which nearly all are nothing", scattered(400_000, 40)],
  ["with a limit that many reach", scattered(400_000, 0, 6)],
  ["all equal", scattered(400_000, 5, 5)],
  ["that rise", scattered(400_000).sort()],
])("has the figure of all losses, %s", (_, losses) => {
  for (const p of [0.5, 0.9, 0.995]) {
    expect(checkStretches(losses, p, [30_000, 70_000, 100_000, 200_000])).not.toContain(false);
  }
});

test("is not known where too few are left, which is no order of chance", () => {
  const known = checkStretches(scattered(400_000).sort().toReversed(), 0.9, [30_000, 370_000]);
  expect(known).toEqual([true, false]);
});

test("keeps few of them, and gives up what would take more", () => {
  expect(checkStretches(scattered(400_000), 0.995, [200_000, 200_000], 30_000)).toEqual([true, true]);
  expect(checkStretches(scattered(400_000, 12), 0.995, [200_000, 200_000], 30_000)).toEqual([true, true]);
  expect(checkStretches(scattered(400_000), 0.5, [20_000, 180_000, 200_000], 30_000)).toEqual([true, false, false]);
});
