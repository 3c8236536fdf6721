import {
  assert as assertProperty,
  asyncProperty,
  constantFrom,
  double,
  integer,
  oneof,
  option,
  record,
} from "fast-check";
import type { Arbitrary } from "fast-check";
import { verdict } from "@lossmill/harness";
import { expect, test } from "vitest";
import { certify } from "./certify.ts";

const between = (min: number, max: number) => double({ min, max, noNaN: true });

const counts: Arbitrary<object> = oneof(
  record({ law: constantFrom("poisson"), lambda: between(0.001, 6) }),
  record({ law: constantFrom("binomial"), size: integer({ min: 1, max: 9 }), prob: between(0.01, 0.9) }),
  record({ law: constantFrom("negativeBinomial"), size: between(0.1, 4), prob: between(0.2, 0.99) }),
  record({ law: constantFrom("geometric"), prob: between(0.2, 0.99) }),
  record({ law: constantFrom("poissonInverseGaussian"), mean: between(0.05, 3), dispersion: between(0.1, 3) }),
  record({ law: constantFrom("logarithmic"), prob: between(0.1, 0.8) }),
  record({ law: constantFrom("neymanA"), lambda: between(0.1, 2), phi: between(0.1, 2) }),
  record({ law: constantFrom("fixed"), n: integer({ min: 0, max: 3 }) }),
);

const modified = (base: Arbitrary<object>): Arbitrary<object> =>
  record({
    base,
    zero: oneof({ weight: 3, arbitrary: constantFrom({}) }, record({ zeroInflated: between(0, 0.9) })),
  }).map(({ base: law, zero }) => ({ ...law, ...zero }));

const severities: Arbitrary<object> = oneof(
  record({ law: constantFrom("lognormal"), meanlog: between(6, 9), sdlog: between(0.2, 1.3) }),
  record({ law: constantFrom("gamma"), shape: between(0.4, 6), scale: between(300, 4000) }),
  record({ law: constantFrom("exponential"), scale: between(500, 5000) }),
  record({ law: constantFrom("weibull"), shape: between(0.6, 3), scale: between(500, 5000) }),
  record({ law: constantFrom("uniform"), min: between(0, 400), max: between(500, 9000) }),
  constantFrom({ law: "empirical", values: [0, 500, 2000, 9000], weights: [1, 3, 2, 1] }),
  constantFrom({ law: "constant", value: 2500 }),
);

const amount = oneof(between(100, 8000), constantFrom(500, 1000, 2500));
const maybe = <T>(value: Arbitrary<T>) => option(value, { nil: undefined });

const terms = record({
  occurrence: record({
    deductible: maybe(amount),
    deductibleKind: constantFrom("ordinary", "franchise"),
    attachment: maybe(amount),
    limit: maybe(amount),
  }),
  aggregate: maybe(record({ deductible: maybe(amount), limit: maybe(amount) })),
  insurerShare: constantFrom(1, 1, 0.5, 0.25),
});

const policy = record({
  frequency: modified(counts),
  severity: severities,
  terms,
  copies: oneof(constantFrom(1), integer({ min: 1, max: 12 })),
});

const book = record({
  first: policy,
  others: oneof(
    constantFrom([]),
    policy.map((other) => [other]),
  ),
  // More of the first, so that there is something to merge.
  again: integer({ min: 0, max: 2 }),
  level: constantFrom(1, 2, 3),
  seed: integer({ min: 1, max: 1_000_000 }),
});

test("any book, any level: what is simulated is what the book says", async () => {
  let verified = 0;
  await assertProperty(
    asyncProperty(book, async ({ first, others, again, level, seed }) => {
      const all = [first, ...others, ...Array.from({ length: again }, () => first)];
      const certificate = await certify(all, 8192, String(seed), [0, level]);
      expect(verdict(certificate)).toEqual([]);
      verified++;
    }),
    { seed: 27, numRuns: Number(process.env["TRUTH_BOOKS"] ?? 60) },
  );
  console.log(`${verified} random books verified at level 0 and another`);
});
