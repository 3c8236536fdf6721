import { describe, expect, test } from "vitest";
import { uniformSource } from "../../src/random/uniforms.ts";
import { STRATIFIED_GROUP, stratifiedDriver } from "../../src/sampling/stratified.ts";
import { drive, type Driven, plainDriver, poisson, spread } from "./drive.ts";
import { SIGMAS, testPromises, testReduction } from "./promises.ts";

describe("what every driver promises", () => testPromises(() => stratifiedDriver(3)));
describe("compound Poisson", () => testReduction(() => stratifiedDriver(8), 0, 0.15));

const DRIVEN = 3;
const source = uniformSource("11");
const lines = [{ copies: 2, count: poisson(2) }];

const stratum = (u: number): number => Math.floor(u * STRATIFIED_GROUP);

/** The uniforms of claims number k of a group of trials. */
function claimsOf({ claims, trials }: Driven, group: number, k: number): number[] {
  return [...claims].filter(
    (_, i) => Math.floor(trials[i] / STRATIFIED_GROUP) === group && i - trials.indexOf(trials[i]) === k,
  );
}

test("the uniforms of a group and a dimension are in different strata", () => {
  const driven = drive(stratifiedDriver(DRIVEN), source, lines);
  for (const copy of driven) {
    for (let group = 0; group < 32; group++) {
      const counts = copy.counts.slice(group * STRATIFIED_GROUP, (group + 1) * STRATIFIED_GROUP);
      expect(new Set([...counts].map(stratum)).size).toBe(128);
    }
    for (const group of [0, 7, 31]) {
      for (let k = 0; k < DRIVEN; k++) {
        const claims = claimsOf(copy, group, k);
        expect(claims.length).toBeGreaterThan(20);
        expect(new Set(claims.map(stratum)).size).toBe(claims.length);
      }
    }
  }
});

test("claims beyond the driven keep their own uniforms", () => {
  const [driven] = drive(stratifiedDriver(DRIVEN), source, lines);
  source.seek(0, 0, 1);
  const own = new Float64Array(driven.claims.length);
  source.fill(own, own.length);
  let beyond = 0;
  driven.claims.forEach((u, i) => {
    if (i - driven.trials.indexOf(driven.trials[i]) < DRIVEN) return;
    expect(u).toBe(own[i]);
    beyond++;
  });
  expect(beyond).toBeGreaterThan(500);
  const [none] = drive(stratifiedDriver(0), source, lines);
  expect(none.claims).toEqual(own.slice(0, none.claims.length));
  expect(none.counts).not.toEqual(drive(plainDriver, source, lines)[0].counts);
});

test("a group's first takes the stratum of its uniform, at its place; a group of the smallest begins with the lowest", () => {
  const driver = stratifiedDriver(1);
  driver.begin(0);
  const u = 0.7310585786300049;
  const uniforms = Float64Array.of(u, 2 ** -54, 1 - 2 ** -53);
  driver.counts(0, 0, 0, 3, uniforms);
  // 128 u is exact, and so the place is u itself, cut off to 46 bits within the stratum: here nothing is cut.
  expect(uniforms[0]).toBe(u);
  expect(uniforms[1]).toBe(2 ** -54);
  // Two were taken: 127 has gone to the place of the first, 126 to that of the lowest, 125 is the last of 126 left.
  expect(uniforms[2]).toBe(126 / 128 - 2 ** -53);
});

test("one trial's uniforms are uniform and independent: place by place, over many groups", () => {
  // 6,400 groups; places 0, 1, 64, 126, 127 of the shuffle, each with the next one's partner in the other copy.
  const places = [0, 1, 64, 126, 127];
  const counts = places.map((): number[][] => [[], []]);
  for (let block = 0; block < 200; block++) {
    const both = drive(stratifiedDriver(0), source, [{ copies: 2, count: () => 0 }], { block });
    for (let group = 0; group < 32; group++) {
      places.forEach((place, i) =>
        both.forEach((copy, c) => counts[i][c].push(copy.counts[group * STRATIFIED_GROUP + place])),
      );
    }
  }
  for (const [one, other] of counts) {
    const centred = one.map((u) => u - 0.5);
    expect(Math.abs(spread(centred, 0).z)).toBeLessThan(SIGMAS);
    expect(
      Math.abs(
        spread(
          centred.map((u) => u * u),
          1 / 12,
        ).z,
      ),
    ).toBeLessThan(SIGMAS);
    expect(
      Math.abs(
        spread(
          centred.map((u, i) => u * (other[i] - 0.5)),
          0,
        ).z,
      ),
    ).toBeLessThan(SIGMAS);
    // Within its stratum, and independent of it.
    const within = one.map((u) => u * 128 - stratum(u) - 0.5);
    expect(Math.abs(spread(within, 0).z)).toBeLessThan(SIGMAS);
    expect(
      Math.abs(
        spread(
          within.map((w, i) => w * centred[i]),
          0,
        ).z,
      ),
    ).toBeLessThan(SIGMAS);
  }
});
