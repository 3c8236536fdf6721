import { describe, expect, test } from "vitest";
import { countLaw } from "../../src/index.ts";
import { poissonCount } from "../../src/laws/counts/poisson-search.ts";
import { writePoissonMode } from "../../src/math/poisson-mode.ts";

function poissonSearch(lambda: number) {
  const mode = new Float64Array(3);
  writePoissonMode(lambda, mode, 0);
  return (u: number) => poissonCount(mode, 0, u);
}

/** Uniforms over all of (0, 1), both tails, on the grid that draws are on. */
const UNIFORMS = Array.from({ length: 400 }, (_, i) => {
  const x = (i + 0.5) / 400;
  const u = i % 3 === 0 ? x : 2 ** -(1 + 52 * ((x * 11) % 1));
  return Math.max(Math.round((i % 3 === 2 ? 1 - u : u) * 2 ** 53), 0.5) * 2 ** -53;
}).map((u) => Math.min(u, 1 - 2 ** -53));

describe.each([0.01, 0.7, 4.5, 150, 205.31, 819.2, 20_480, 1e6 / 3])("mean %d", (lambda) => {
  const law = countLaw({ law: "poisson", lambda });
  const search = poissonSearch(lambda);
  const thresholds = law.thresholds(65_536);
  /** A law of so many thresholds is searched to the last digit but one. */
  const countOf = (u: number): number =>
    thresholds === null ? law.quantile(u, "lower") : thresholds.filter((threshold) => threshold < u).length;

  test("the count of every uniform is the number of thresholds below it", () => {
    for (const u of UNIFORMS) expect(search(u)).toBe(countOf(u));
  });

  test("also at a threshold, and one step of the grid before and after", () => {
    const spread = Math.ceil(Math.sqrt(lambda));
    for (let k = Math.max(0, Math.floor(lambda) - 3 * spread); k <= lambda + 3 * spread; k += Math.ceil(spread / 9)) {
      const threshold = Math.round((thresholds?.[k] ?? law.cdf(k)) * 2 ** 53);
      for (const step of [-1, 0, 1]) {
        const u = (threshold + step) * 2 ** -53;
        if (u > 0 && u < 1) expect(search(u)).toBe(countOf(u));
      }
    }
  });
});

test("no claims", () => {
  expect(poissonSearch(0)(0.9999)).toBe(0);
});
