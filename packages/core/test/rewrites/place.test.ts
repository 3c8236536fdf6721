import { describe, expect, test } from "vitest";
import {
  BLOCK_TRIALS,
  COUNT,
  type FrequencySpec,
  LossmillError,
  PLACES,
  type Placement,
  compile,
  countLaw,
  countLookup,
  tableAt,
} from "../../src/index.ts";
import { clustersOf } from "../../src/laws/counts/clusters.ts";
import { thinnedLaw } from "../../src/laws/counts/thinned.ts";
import { gapThresholds } from "../../src/plan/gap-thresholds.ts";
import { placementOf } from "../../src/plan/rewrites/place.ts";
import { planOf, poisson } from "./books.ts";

const lineOf = (frequency: FrequencySpec, survival = 1) => ({ ...planOf([{ frequency }]).lines[0], survival });

describe("the cheaper placement", () => {
  test.each<[FrequencySpec, Placement]>([
    [poisson, "scatter"],
    [{ law: "poisson", lambda: 5 }, "scatter"],
    [{ law: "poisson", lambda: 5.000001 }, "perTrial"],
    [{ law: "poisson", lambda: 0 }, "scatter"],
    // 1.2 clusters a trial are a tie: log(1 / prob) = 5 / 6 for size 1.
    [{ law: "negativeBinomial", size: 1, prob: 0.4347 }, "scatter"],
    [{ law: "negativeBinomial", size: 1, prob: 0.4345 }, "perTrial"],
    [{ law: "geometric", prob: 0.9 }, "scatter"],
    [{ law: "negativeBinomial", size: 3, prob: 1 }, "scatter"],
    [{ law: "negativeBinomial", size: 0.01, prob: 1e-7 }, "skip"],
    [{ law: "poissonInverseGaussian", mean: 0.1, dispersion: 2 }, "scatter"],
    [{ law: "poissonInverseGaussian", mean: 3, dispersion: 0.2 }, "perTrial"],
    [{ law: "poisson", lambda: 0.3, zeroInflated: 0.1 }, "skip"],
    [{ law: "poisson", lambda: 0.3, zeroModified: 0.4 }, "perTrial"],
    [{ law: "poisson", lambda: 0.3, zeroTruncated: true }, "perTrial"],
    [{ law: "binomial", size: 1, prob: 0.49 }, "skip"],
    [{ law: "binomial", size: 1, prob: 0.5 }, "perTrial"],
    [{ law: "fixed", n: 0 }, "skip"],
    [{ law: "fixed", n: 1 }, "perTrial"],
    [{ law: "logarithmic", prob: 0.1 }, "perTrial"],
    [{ law: "empirical", probabilities: [0.9, 0.1] }, "skip"],
  ])("%j: %s", (frequency, placement) => {
    expect(placementOf(lineOf(frequency))).toBe(placement);
    expect(compile({ ...planOf([]), lines: [{ ...lineOf(frequency), placement }] }).terms).toHaveLength(8);
  });

  test("thinning makes claims rare enough to be scattered", () => {
    const many = { law: "poisson", lambda: 400 } as const;
    expect(placementOf(lineOf(many))).toBe("perTrial");
    expect(placementOf(lineOf(many, 0.01))).toBe("scatter");
  });
});

describe("clusters", () => {
  test.each<[FrequencySpec, number]>([
    [{ law: "negativeBinomial", size: 2.5, prob: 0.4 }, 1],
    [{ law: "negativeBinomial", size: 2.5, prob: 0.4 }, 0.01],
    [{ law: "geometric", prob: 0.2 }, 0.5],
    [{ law: "poissonInverseGaussian", mean: 3, dispersion: 0.7 }, 1],
    [{ law: "poissonInverseGaussian", mean: 3, dispersion: 0.7 }, 1e-6],
  ])("%j, %d kept: a Poisson number of them has the law of the count", (spec, kept) => {
    const { rate, size } = clustersOf(spec, kept)!;
    const law = thinnedLaw(spec, kept)!;
    // Panjer 1981: g(n) = rate / n Σ j f(j) g(n − j).
    const masses = [Math.exp(-rate)];
    for (let n = 1; n < 15; n++) {
      let sum = 0;
      for (let j = 1; j <= n; j++) sum += j * size!.probability(j) * masses[n - j];
      masses.push((rate * sum) / n);
    }
    const worst = Math.max(...masses.map((mass, k) => Math.abs(mass / law.probability(k) - 1)));
    expect(worst).toBeLessThan(2e-14);
    expect(Math.abs((rate * size!.mean) / law.mean - 1)).toBeLessThan(1e-14);
    expect(Math.abs((rate * (size!.variance + size!.mean ** 2)) / law.variance - 1)).toBeLessThan(1e-13);
  });

  test("sizes: masses, tails and thresholds say the same, for short and long tails", () => {
    for (const dispersion of [1e-9, 0.01, 1, 100]) {
      const size = clustersOf({ law: "poissonInverseGaussian", mean: 2, dispersion }, 1)!.size!;
      let sum = 0;
      for (let k = 0; k < 60; k++) {
        sum += size.probability(k);
        expect(size.cdf(k)).toBeCloseTo(sum, 13);
        expect(Math.abs(size.survival(k) - size.survival(k + 1) - size.probability(k + 1))).toBeLessThan(1e-14);
      }
      const thresholds = size.thresholds(65_536)!;
      expect(thresholds[0]).toBe(0);
      expect(thresholds[1]).toBeCloseTo(size.probability(1), 14);
    }
  });

  test("none where the law is not known", () => {
    expect(clustersOf({ ...poisson, zeroInflated: 0.1 }, 1)).toBeNull();
    expect(clustersOf({ law: "binomial", size: 3, prob: 0.1 }, 1)).toBeNull();
    // 1 − prob would hold its claims' number to ten digits only.
    expect(clustersOf({ law: "negativeBinomial", size: 0.01, prob: 1e-7 }, 1)).toBeNull();
    expect(clustersOf({ law: "negativeBinomial", size: 0.01, prob: 1e-7 }, 0.001)).not.toBeNull();
  });
});

describe("gaps", () => {
  test.each([0.4, 0.01, 1e-6, 1e-13])("hit with probability %d", (hit) => {
    const thresholds = gapThresholds(hit);
    expect(thresholds.length).toBeLessThanOrEqual(BLOCK_TRIALS);
    for (const gap of [0, 1, 10, thresholds.length - 1]) {
      const expected = -Math.expm1((gap + 1) * Math.log1p(-hit));
      expect(Math.abs(thresholds[gap] / expected - 1)).toBeLessThan(1e-14);
    }
    if (thresholds.length < BLOCK_TRIALS) expect(1 - thresholds[thresholds.length - 1]).toBeLessThan(1e-15);
  });

  test("never hit: every uniform leaves the block", () => {
    expect(gapThresholds(0)).toHaveLength(BLOCK_TRIALS);
    expect(gapThresholds(0).every((threshold) => threshold === 0)).toBe(true);
  });
});

describe("plans that were not made here", () => {
  const refusal = (line: object) => {
    try {
      compile({ ...planOf([]), lines: [{ ...lineOf({ law: "fixed", n: 1 }), ...line }] });
    } catch (error) {
      expect(error).toBeInstanceOf(LossmillError);
      return (error as LossmillError).message;
    }
    return "";
  };
  test("a placement or a thinning that the count law does not allow is refused", () => {
    expect(refusal({ placement: "scatter" })).toBe("line p0: placement: fixed cannot be scattered");
    expect(refusal({ survival: 0.5 })).toBe("line p0: survival: fixed cannot be thinned");
  });
});

test.each([
  ["poisson", { law: "poisson", lambda: 1e-9 }, 4096e-9],
  ["poisson of few claims", { law: "poisson", lambda: 0.001 }, 4.096],
  ["poisson of some claims", { law: "poisson", lambda: 0.02 }, 81.92],
  // size · log(1 + beta), beta = 1/3.
  ["negative binomial", { law: "negativeBinomial", size: 0.01, prob: 0.75 }, 11.783458],
] as const)(
  "%s: the block's clusters are searched or, of many blocks, looked up: by thresholds in either way",
  (_, frequency, mean) => {
    const plan = { ...planOf([]), lines: [{ ...lineOf(frequency), placement: "scatter" as const }] };
    const { rate } = clustersOf(frequency, 1)!;
    expect(BLOCK_TRIALS * rate).toBeCloseTo(mean, 5);
    const thresholds = countLaw({ law: "poisson", lambda: BLOCK_TRIALS * rate }).thresholds(1000)!;
    const ulp = 2 ** -53;
    const uniforms = [...thresholds].flatMap((u) => [u - ulp, u, u + ulp, u / 2]).filter((u) => u > 0 && u < 1);
    uniforms.push(ulp / 2, 0.1, 0.5, 0.9, 1 - ulp);
    const counts = uniforms.map((u) => thresholds.filter((threshold) => threshold < u).length);
    for (const [trials, length] of [
      [4096, -1],
      [127 * BLOCK_TRIALS, -1],
      [127 * BLOCK_TRIALS + 1, thresholds.length],
      [null, thresholds.length],
    ]) {
      const compiled = compile({ ...plan, trials });
      expect(compiled.counts[tableAt(0, PLACES) + COUNT.length]).toBe(length);
      const values = Float64Array.from(uniforms);
      countLookup(plan, compiled)(0, PLACES, values, values.length);
      expect([...values]).toEqual(counts);
    }
  },
);

test("a line without a claim has nothing to search", () => {
  const plan = { ...planOf([]), lines: [{ ...lineOf({ law: "poisson", lambda: 0 }), placement: "scatter" as const }] };
  const compiled = compile(plan);
  expect(compiled.counts[tableAt(0, PLACES) + COUNT.length]).toBe(0);
  const values = Float64Array.of(0.2, 1 - 2 ** -53);
  expect(countLookup(plan, compiled)(0, PLACES, values, 2)).toBe(0);
});
