import { describe, expect, test } from "vitest";
import { normalQuantile } from "../../src/math/normal.ts";
import type { Driver } from "../../src/sampling/driver.ts";
import { plainDriver, spread } from "./drive.ts";
import { countsDriver, pointsOf } from "./point-sets.ts";
import { SIGMAS } from "./promises.ts";
import { vectors } from "./vectors.ts";

/** ∏ (1 + (x_i − ½) / i), integral 1. */
function product(points: readonly Float64Array[], t: number): number {
  return points.reduce((value, x, i) => value * (1 + (x[t] - 0.5) / (i + 1)), 1);
}

/** max(Σ exp(1.5 Φ⁻¹(x_i)) − 20, 0). */
function excess(points: readonly Float64Array[], t: number): number {
  return Math.max(points.reduce((sum, x) => sum + Math.exp(1.5 * normalQuantile(x[t], "lower")), 0) - 20, 0);
}

type Integrand = typeof product;

/** The error of the mean over the first n points of each of the replicates. */
function errors(
  f: Integrand,
  {
    d,
    n,
    replicates,
    integral,
    driver,
  }: { d: number; n: number; replicates: number; integral: number; driver: Driver },
): number[] {
  return Array.from({ length: replicates }, (_, replicate) => {
    let sum = 0;
    for (let first = 0; first < n; first += 4096) {
      const trials = Math.min(n - first, 4096);
      const points = pointsOf(driver, d, { block: (first / 4096) * replicates + replicate, trials });
      for (let t = 0; t < trials; t++) sum += f(points, t);
    }
    return sum / n - integral;
  });
}

const rmse = (found: readonly number[]): number => Math.sqrt(found.reduce((sum, e) => sum + e * e, 0) / found.length);

describe("integration", () => {
  test.each(vectors.integrationRmse.cases)("$function, $n points: the error of SciPy's scrambling", (known) => {
    const [f, factor]: [Integrand, number] = known.d === 6 ? [product, 2] : [excess, 3];
    const found = errors(f, {
      d: known.d,
      n: known.n,
      integral: known.reference,
      replicates: 100,
      driver: countsDriver("21", 100),
    });
    expect(rmse(found)).toBeLessThan(factor * known.rmseScrambled);
    expect(rmse(found)).toBeGreaterThan(known.rmseScrambled / factor);
    expect(Math.abs(spread(found, 0).z)).toBeLessThan(SIGMAS);
  });

  test.each<{ of: string; driver: Driver; fastest: number; slowest: number }>([
    { of: "scrambled points", driver: countsDriver("22", 16), fastest: -2, slowest: -0.75 },
    { of: "independent trials", driver: plainDriver, fastest: -0.75, slowest: -0.25 },
  ])("from 2^8 to 2^14 points the error of $of falls as n to a power from $fastest to $slowest", (at) => {
    const run = { d: 6, replicates: 16, integral: 1, driver: at.driver };
    const [few, many] = [2 ** 8, 2 ** 14].map((n) => rmse(errors(product, { ...run, n })));
    const power = Math.log(many / few) / Math.log(2 ** 14 / 2 ** 8);
    expect(power).toBeGreaterThan(at.fastest);
    expect(power).toBeLessThan(at.slowest);
  });

  test("replicates' errors are uncorrelated", () => {
    const driver = countsDriver("23", 801);
    const found = errors(product, { d: 3, n: 256, replicates: 801, integral: 1, driver });
    const products = found.slice(1).map((error, i) => error * found[i]);
    expect(Math.abs(spread(products, 0).z)).toBeLessThan(SIGMAS);
  });
});

/** The squared centred discrepancy (Hickernell 1998, "A generalized discrepancy and quadrature error bound", (5.1c)). */
function discrepancy(points: readonly Float64Array[], n: number): number {
  const z = points.map((x) => x.map((u) => Math.abs(u - 0.5)));
  let [single, double] = [0, 0];
  for (let i = 0; i < n; i++) {
    single += z.reduce((value, c) => value * (1 + c[i] / 2 - (c[i] * c[i]) / 2), 1);
    for (let k = 0; k < n; k++) {
      let value = 1;
      for (let j = 0; j < z.length; j++) value *= 1 + (z[j][i] + z[j][k] - Math.abs(points[j][i] - points[j][k])) / 2;
      double += value;
    }
  }
  return (13 / 12) ** points.length - (2 / n) * single + double / (n * n);
}

// Nested uniform scrambling and SciPy's linear one have the same expectation of every square (Owen 2003, "Variance with
// alternative scramblings of digital nets"), and so of this.
test.each(vectors.scrambledDiscrepancyBands.cases)("discrepancy of $n points in $d dimensions", (known) => {
  const driver = countsDriver("31", 100);
  const found = Array.from({ length: known.n > 500 ? 6 : 40 }, (_, block) =>
    discrepancy(pointsOf(driver, known.d, { block, trials: known.n }), known.n),
  );
  expect(Math.max(...found)).toBeLessThan(known.iidUniform.min / 2);
  expect(spread(found, 0).mean / known.scrambled.mean).toBeGreaterThan(0.95);
  expect(spread(found, 0).mean / known.scrambled.mean).toBeLessThan(1.05);
});
