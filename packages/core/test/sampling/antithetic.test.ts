import { describe, expect, test } from "vitest";
import { SEVERITIES, uniformSource } from "../../src/random/uniforms.ts";
import { ANTITHETIC_GROUP, antitheticDriver, mirror } from "../../src/sampling/antithetic.ts";
import { drive, plainDriver, poisson } from "./drive.ts";
import { LINES, MEAN, testPromises, testReduction } from "./promises.ts";

describe("what every driver promises", () => testPromises(antitheticDriver));
describe("compound Poisson", () => testReduction(antitheticDriver, pairRatio(), pairRatio()));

/**
 * 1 + ρ, ρ the correlation of a pair's totals of exponential claims of mean 1. Given the counts N and N', their covariance is
 * min(N, N') times that of −ln U and −ln(1 − U), 1 − π² / 6; the counts' own is a sum over the pieces of the uniform.
 */
function pairRatio(): number {
  const [count, pieces] = [poisson(MEAN), 1e5];
  let [product, least] = [0, 0];
  for (let i = 0; i < pieces; i++) {
    const [n, mirrored] = [count((i + 0.5) / pieces), count(1 - (i + 0.5) / pieces)];
    product += (n * mirrored) / pieces;
    least += Math.min(n, mirrored) / pieces;
  }
  return 1 + (product - MEAN * MEAN + least * (1 - Math.PI ** 2 / 6)) / (2 * MEAN);
}

test("the mirrored uniform has the complement of the bits", () => {
  const steps = 2n ** 53n;
  for (const k of [0n, 1n, 2n, 12345n, 2n ** 52n - 1n, 2n ** 52n, 2n ** 52n + 1n, steps - 2n, steps - 1n]) {
    const uniform = (multiple: bigint) => (multiple === 0n ? 2 ** -54 : Number(multiple) / 2 ** 53);
    expect(mirror(uniform(k))).toBe(uniform(steps - 1n - k));
    expect(mirror(mirror(uniform(k)))).toBe(uniform(k));
  }
});

test("the second trial of a pair has the mirrored uniforms of the first, and its own where there are none", () => {
  const source = uniformSource("5");
  const own = drive(plainDriver, source, LINES);
  const driven = drive(antitheticDriver(), source, LINES);
  expect(ANTITHETIC_GROUP).toBe(2);
  let [mirrored, kept] = [0, 0];
  for (const [i, { counts, claims, trials }] of driven.entries()) {
    const firstClaim = (trial: number) => trials.indexOf(trial);
    // The kernel by itself has other trials for its claims, but the same uniforms for the first, second, third … of all.
    const plain = new Float64Array(claims.length);
    source.seek(i, 0, SEVERITIES);
    source.fill(plain, plain.length);
    for (let t = 0; t < counts.length; t++) {
      expect(counts[t]).toBe(t % 2 === 0 ? own[i].counts[t] : mirror(own[i].counts[t - 1]));
    }
    const at = { trial: -1, number: 0 };
    claims.forEach((u, j) => {
      if (trials[j] === at.trial) at.number++;
      else Object.assign(at, { trial: trials[j], number: 0 });
      const partner = trials[j] % 2 === 1 ? firstClaim(trials[j] - 1) : -1;
      const hasPartner = partner >= 0 && trials[partner + at.number] === trials[j] - 1;
      expect(u).toBe(hasPartner ? mirror(claims[partner + at.number]) : plain[j]);
      if (hasPartner) mirrored++;
      else if (trials[j] % 2 === 1) kept++;
    });
  }
  expect(mirrored).toBeGreaterThan(1000);
  expect(kept).toBeGreaterThan(1000);
});

test("a trial of more claims than were ever kept is mirrored to the last", () => {
  const driver = antitheticDriver();
  driver.begin(0);
  driver.counts(0, 0, 0, 2, Float64Array.of(0.5, 0.5));
  const claims = Float64Array.from({ length: 2000 }, (_, i) => (i < 1000 ? (2 * i + 1) / 2 ** 12 : 0.5));
  driver.claims(
    0,
    0,
    2000,
    claims,
    Uint16Array.from(claims, (_, i) => (i < 1000 ? 0 : 1)),
  );
  expect(claims.slice(1000)).toEqual(claims.slice(0, 1000).map(mirror));
});
