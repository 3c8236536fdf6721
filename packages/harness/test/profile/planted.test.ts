import { backend, kernel } from "@lossmill/backend-naive";
import { checkPortfolio, makePlan } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { type ProfileOptions, type TimeProfile, profile } from "../../src/profile/index.ts";

const TRIALS = 12_288;

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
    "gamma claims in clusters, a share and a limit of the year",
    [
      {
        id: "a",
        frequency: { law: "negativeBinomial", size: 2, prob: 0.5 },
        severity: { law: "gamma", shape: 2, scale: 4000 },
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

const PLANTED = /the planted line/;

let copies = 0;

/** A new copy: a loop that was optimized before its watch began would be taken for its caller. */
async function fresh(): Promise<typeof import("./slowed.ts")> {
  const path = `./slowed.ts?${copies++}`;
  return (await import(path)) as typeof import("./slowed.ts");
}

/** What a profile names first: the stage and the line with most samples. */
function first({ stages, lines }: TimeProfile): readonly [stage: string, line: string] {
  const [{ stage }] = [...stages].sort((a, b) => b.samples - a.samples);
  return [stage, lines[0].text];
}

describe.each(books)("%s", (_, policies) => {
  const plan = makePlan(checkPortfolio({ name: "book", policies }), { trials: TRIALS, seed: "1" });
  const run = (more: Partial<ProfileOptions> = {}) => profile({ kernel, promises: backend, plan: () => plan, ...more });

  test("nothing planted, nothing named", async () => {
    const { lines } = await run();
    expect(lines.filter(({ text }) => PLANTED.test(text))).toEqual([]);
  });

  test("a slow law", async () => {
    const { slowed } = await fresh();
    const found = await slowed(["exp", "log"], () => run());
    expect(first(found)).toEqual(["severities", expect.stringMatching(PLANTED)]);
  });

  test("a slow term", async () => {
    const { slowed } = await fresh();
    // Core's summaries also use these functions, so there are none.
    const found = await slowed(["max", "min"], () => run({ reduce: async (_plan, parts) => void (await last(parts)) }));
    expect(first(found)).toEqual(["terms", expect.stringMatching(PLANTED)]);
  });

  test("a slow reducer", async () => {
    const { slowReducer } = await fresh();
    const declared = [{ module: import.meta.url, stages: { reduce: ["slowed/addUp"] } }];
    const found = await run({ reduce: slowReducer, declared });
    expect(first(found)).toEqual(["reduce", expect.stringMatching(PLANTED)]);
  });
});

async function last<T>(parts: AsyncIterable<T>): Promise<T | undefined> {
  let found: T | undefined;
  for await (found of parts);
  return found;
}
