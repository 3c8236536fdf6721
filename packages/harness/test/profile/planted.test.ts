import { backend, kernel } from "@lossmill/backend-naive";
import { checkPortfolio, makePlan } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { PLANTED, freshlySlowed, namedFirst } from "../../../../tools/testing/slowed.ts";
import { type ProfileOptions, profile } from "../../src/profile/index.ts";

const TRIALS = 8192;

const limited = { occurrence: { deductible: 500, limit: 50_000 } };
const books: readonly (readonly [name: string, policies: readonly object[]])[] = [
  [
    "one lognormal policy",
    [
      {
        id: "a",
        frequency: { law: "poisson", lambda: 2 },
        severity: { law: "lognormal", meanlog: 8, sdlog: 1 },
        terms: limited,
      },
    ],
  ],
  [
    "Pareto claims in clusters, a share and a limit of the year",
    [
      {
        id: "a",
        frequency: { law: "negativeBinomial", size: 2, prob: 0.5 },
        severity: { law: "singleParameterPareto", shape: 2.5, min: 1000 },
        terms: { occurrence: { limit: 9000 }, aggregate: { limit: 50_000 }, insurerShare: 0.5 },
      },
    ],
  ],
  [
    "many policies",
    Array.from({ length: 20 }, (_, i) => ({
      id: `p${i}`,
      frequency: { law: "poisson", lambda: 0.1 },
      severity: { law: "lognormal", meanlog: 7 + i / 10, sdlog: 1.5 },
      terms: i % 2 === 0 ? limited : { occurrence: { deductible: 1000, deductibleKind: "franchise" } },
    })),
  ],
];

const declared = [
  { module: new URL("../../../../tools/testing/", import.meta.url).href, stages: { reduce: ["slowed/addUp"] } },
];

describe.each(books)("%s", (_, policies) => {
  const plan = makePlan(checkPortfolio({ name: "book", policies }), { trials: TRIALS, seed: "1" });
  const run = (more: Partial<ProfileOptions> = {}) => profile({ kernel, promises: backend, plan: () => plan, ...more });

  test("nothing planted, nothing named", async () => {
    const { lines } = await run();
    expect(lines.filter(({ text }) => PLANTED.test(text))).toEqual([]);
  });

  test("a slow law", async () => {
    const { slowMathIn } = await freshlySlowed();
    const found = await run({ kernel: slowMathIn(kernel, ["exp", "log"]) });
    expect(namedFirst(found)).toEqual(["severities", expect.stringMatching(PLANTED)]);
  });

  test("a slow term", async () => {
    const { slowMathIn } = await freshlySlowed();
    const found = await run({ kernel: slowMathIn(kernel, ["max", "min"]) });
    expect(namedFirst(found)).toEqual(["terms", expect.stringMatching(PLANTED)]);
  });

  test("a slow reducer", async () => {
    const { slowReducer } = await freshlySlowed();
    const found = await run({ reduce: slowReducer, declared });
    expect(namedFirst(found)).toEqual(["reduce", expect.stringMatching(PLANTED)]);
  });
});
