import { describe, expect, test } from "vitest";
import { severity } from "../../src/laws/severities/index.ts";
import { type VectorCase, vectorCases } from "./vectors.ts";

/** Promised for everything but quantiles where the problem itself magnifies the rounding of u: those get 8 ulps of it. */
const PROMISE = 1e-12;
const EIGHT_ULPS = 8 * 2 ** -52;

const all = vectorCases("vectors/quantiles.json");
const byLaw = [...new Set(all.map(({ spec }) => spec.law))].map(
  (law) => [law, all.filter(({ spec }) => spec.law === law)] as const,
);

/** |found / expected − 1|; values that only subnormal numbers hold have few digits to compare. */
function relativeError(found: number, expected: number): number {
  if (Object.is(found, expected) || found === expected) return 0;
  if (Math.abs(expected) < 1e-300) return Math.abs(found - expected) <= 1e-300 ? 0 : Infinity;
  return Math.abs(found / expected - 1);
}

/** The largest error in units of what is promised, and the error itself, of one kind of value of a law. */
function worstOf(cases: readonly VectorCase[], errors: (reference: VectorCase) => Iterable<readonly [number, number]>) {
  let worst = { share: 0, error: 0 };
  for (const reference of cases) {
    for (const [error, promise] of errors(reference)) {
      if (!(error / promise <= worst.share)) worst = { share: error / promise, error };
    }
  }
  return worst;
}

describe.each(byLaw)("%s against 50-digit references", (law, cases) => {
  test("quantiles from both tails, density, cdf, survival, moments, limited expected values", () => {
    const worst = {
      quantile: worstOf(cases, function* ({ spec, u, ppf, cond }) {
        const { quantile } = severity(spec);
        for (const [i, p] of u.entries()) {
          yield [relativeError(quantile(p, "lower"), ppf[i]), Math.max(PROMISE, EIGHT_ULPS * cond[i])];
        }
      }),
      "deep tails": worstOf(cases, function* ({ spec, deepTails }) {
        const { quantile } = severity(spec);
        for (const [p, lower, upper] of deepTails) {
          yield [relativeError(quantile(p, "lower"), lower), PROMISE];
          yield [relativeError(quantile(p, "upper"), upper), PROMISE];
        }
      }),
      density: worstOf(cases, ({ spec, points }) =>
        points.map(([x, f]) => [relativeError(severity(spec).density(x), f), PROMISE]),
      ),
      cdf: worstOf(cases, ({ spec, points }) =>
        points.map(([x, , F]) => [relativeError(severity(spec).cdf(x), F), PROMISE]),
      ),
      survival: worstOf(cases, ({ spec, points }) =>
        points.map(([x, , , S]) => [relativeError(severity(spec).survival(x), S), PROMISE]),
      ),
      lev: worstOf(cases, ({ spec, lev }) =>
        lev.map(([d, value]) => [relativeError(severity(spec).limitedExpectedValue(d), value), PROMISE]),
      ),
      moments: worstOf(cases, ({ spec, mean, variance }) => [
        [relativeError(severity(spec).mean, mean), PROMISE],
        [relativeError(severity(spec).variance, variance), PROMISE],
      ]),
    };
    console.log(
      `${law}: ${Object.entries(worst)
        .map(([what, { error }]) => `${what} ${error.toExponential(1)}`)
        .join(", ")}`,
    );
    expect(Object.entries(worst).filter(([, { share }]) => !(share <= 1))).toEqual([]);
  });
});
