import { expect, test } from "vitest";
import { uniformSource } from "../../src/random/uniforms.ts";
import type { Driver } from "../../src/sampling/driver.ts";
import { drive, type Driven, type Line, plainDriver, poisson, randomCuts, spread, totals } from "./drive.ts";

const SEED = "20270101";
/** Standard deviations that a statistic may be off: two-sided level 6.8e-6; seeds are fixed. */
export const SIGMAS = 4.5;

/** Two lines of several claims a trial, one of them of two copies, and one of few. */
export const LINES: readonly Line[] = [
  { copies: 2, count: poisson(1.5) },
  { copies: 1, count: poisson(0.1) },
  { copies: 1, count: poisson(4) },
];

/** Where two lists of copies first differ in a bit; null where they do not. A list of all differences would be endless. */
function difference(found: readonly Driven[], expected: readonly Driven[]): string | null {
  for (const [i, copy] of found.entries()) {
    for (const key of ["counts", "claims", "trials"] as const) {
      const [one, other] = [copy[key], expected[i][key]];
      if (one.length !== other.length) return `${one.length}, not ${other.length} ${key} of copy ${i}`;
      const at = one.findIndex((value, j) => value !== other[j]);
      if (at >= 0) return `${one[at]}, not ${other[at]}: ${key}[${at}] of copy ${i}`;
    }
  }
  return null;
}

/** What every driver promises in driver.ts; `make` makes a new one. */
export function testPromises(make: () => Driver): void {
  const source = uniformSource(SEED);
  const whole = drive(make(), source, LINES, { block: 5 });

  test.each([1, 2, 3, 4].flatMap((seed) => [3, 40, 1000, 9000].map((most) => ({ seed, most }))))(
    "chunks of up to $most, cut by $seed, change no bit",
    ({ seed, most }) => {
      const found = drive(make(), source, LINES, { block: 5, cut: randomCuts(seed, most) });
      expect(difference(found, whole)).toBe(null);
    },
  );

  test("a shorter block is the beginning of a longer one", () => {
    for (const trials of [1, 2, 127, 1001]) {
      const short = drive(make(), source, LINES, { block: 5, trials, cut: randomCuts(7, 300) });
      const begun = whole.map(({ counts, claims, trials: of }) => ({
        counts: counts.slice(0, trials),
        claims: claims.filter((_, i) => of[i] < trials),
        trials: of.filter((trial) => trial < trials),
      }));
      expect(difference(short, begun)).toBe(null);
    }
  });

  test("a block does not depend on those before", () => {
    const driver = make();
    for (const [block, trials] of [
      [3, 4096],
      [9, 77],
    ]) {
      drive(driver, source, LINES, { block, trials });
    }
    expect(difference(drive(driver, source, LINES, { block: 5 }), whole)).toBe(null);
  });

  test.each([
    [4, 4],
    [4, 5],
    [5, 4],
  ])("a copy whose last claim is in trial %i leaves nothing to one whose first is in trial %i", (last, first) => {
    const [driver, fresh] = [make(), make()];
    const run = (used: Driver, copy: number, trials: Uint16Array) => {
      const counts = Float64Array.from({ length: 8 }, (_, i) => (i + 0.5) / 8);
      const claims = Float64Array.from(trials, (_, i) => (i + 0.5) / 16);
      used.counts(0, copy, 0, 8, counts);
      used.claims(0, copy, claims.length, claims, trials);
      return [...counts, ...claims];
    };
    driver.begin(0);
    fresh.begin(0);
    run(driver, 0, Uint16Array.of(0, 1, last, last));
    const next = Uint16Array.of(first, first, first, 7);
    expect(run(driver, 1, next)).toEqual(run(fresh, 1, next));
  });

  test("all are multiples of 2^-53 above 0 and below 1, and others than the kernel's", () => {
    const own = drive(plainDriver, source, LINES, { block: 5 });
    for (const [i, { counts, claims }] of whole.entries()) {
      for (const u of [...counts, ...claims]) {
        if (!(u > 0 && u < 1 && (u === 2 ** -54 || Number.isInteger(u * 2 ** 53)))) throw new Error(`${u}`);
      }
      expect(counts).not.toEqual(own[i].counts);
      expect(claims).not.toEqual(own[i].claims);
    }
  });

  test("of the ends of the grid it makes points of the grid", () => {
    const driver = make();
    driver.begin(0);
    const ends = Float64Array.from({ length: 256 }, (_, i) => [2 ** -54, 1 - 2 ** -53][(i >> 1) & 1]);
    const trials = Uint16Array.from({ length: 256 }, (_, i) => i);
    driver.counts(0, 0, 0, 256, ends);
    const claims = Float64Array.from({ length: 256 }, (_, i) => [2 ** -54, 1 - 2 ** -53][(i >> 1) & 1]);
    driver.claims(0, 0, 256, claims, trials);
    for (const u of [...ends, ...claims]) {
      expect(u > 0 && u < 1 && (u === 2 ** -54 || Number.isInteger(u * 2 ** 53))).toBe(true);
    }
  });
}

/** The mean number of claims of a trial in `testReduction`. */
export const MEAN = 3;
const REPETITIONS = 200;
const TRIALS = 1024;

/**
 * Of the compound Poisson total of mean 3 and exponential claims: E S = 3, E S² = 6 + 9, P(N = 0) = e^-3. Means over 1,024
 * trials each are unbiased, and that of S has from `least` to `most` of the variance that independent trials have, 6 / 1,024.
 */
export function testReduction(make: () => Driver, least: number, most: number): void {
  const source = uniformSource(SEED);
  const driver = make();
  const lines = [{ copies: 1, count: poisson(MEAN) }];
  const blocks = Array.from({ length: REPETITIONS }, (_, block) =>
    totals(drive(driver, source, lines, { block, trials: TRIALS }), TRIALS),
  );
  const meansOf = (f: (total: number) => number) =>
    blocks.map((total) => total.reduce((sum, s) => sum + f(s), 0) / TRIALS);

  test.each<{ of: string; f: (s: number) => number; expected: number }>([
    { of: "S", f: (s) => s, expected: MEAN },
    { of: "S²", f: (s) => s * s, expected: 2 * MEAN + MEAN * MEAN },
    { of: "no claims", f: (s) => (s === 0 ? 1 : 0), expected: Math.exp(-MEAN) },
  ])("the mean of $of is unbiased", ({ f, expected }) => {
    expect(Math.abs(spread(meansOf(f), expected).z)).toBeLessThan(SIGMAS);
  });

  test("the mean's variance is as much smaller as it should be", () => {
    const ratio =
      spread(
        meansOf((s) => s),
        MEAN,
      ).variance /
      ((2 * MEAN) / TRIALS);
    // The relative error of a variance from 200 values is √(2 / 199), 10 %.
    const tolerance = SIGMAS * Math.sqrt(2 / (REPETITIONS - 1));
    expect(ratio).toBeGreaterThan(least * (1 - tolerance));
    expect(ratio).toBeLessThan(most * (1 + tolerance));
  });
}
