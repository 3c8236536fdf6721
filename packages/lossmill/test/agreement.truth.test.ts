// vectorized and wasm share every bit; both keep to the definition. On whole books, generated books, and law by law.
import { readFileSync } from "node:fs";
import { backend as naive } from "@lossmill/backend-naive";
import { backend as vectorized } from "@lossmill/backend-vectorized";
import { backend as wasm } from "@lossmill/backend-wasm";
import {
  OPTIMIZATION_LEVELS,
  type OptimizationLevel,
  type Plan,
  type Portfolio,
  checkPortfolio,
  formatOf,
  loadPortfolio,
  makePlan,
} from "@lossmill/core";
import { afterAll, describe, expect, test } from "vitest";
import { agreementOf, firstDifference, runOf } from "../../../tools/testing/agreement.ts";
import { generatedPolicies } from "../../harness/src/conformance/generated-policies.ts";
import { ODD, planOf } from "../../../tools/testing/odd-books.ts";
import { SAMPLED, sampledPlan } from "../../../tools/testing/sampled-books.ts";
import { countLaws } from "../../core/src/laws/counts/index.ts";
import { severityLaws } from "../../core/src/laws/severities/index.ts";

let worst = 0;
let atThreshold = 0;
afterAll(() => {
  console.log(
    `worst difference from naive ${worst.toExponential(1)} of ground-up; ${atThreshold} trials at a threshold`,
  );
});

interface Run {
  readonly trials: number;
  readonly level: OptimizationLevel;
  readonly byPolicy?: boolean;
  readonly seed?: string;
  readonly horizon?: number;
}

async function expectAgreement(portfolio: Portfolio, { trials, level, byPolicy, seed = "7", horizon }: Run) {
  const outputs = ["total", "maxOccurrence", "claims", ...(byPolicy ? (["byPolicy"] as const) : [])] as const;
  await expectAgreementOn(makePlan(portfolio, { trials, seed, horizon, optimizationLevel: level, outputs }));
}

async function expectAgreementOn(plan: Plan) {
  const [definition, fast, fastest] = [
    await runOf(naive, plan),
    await runOf(vectorized, plan),
    await runOf(wasm, plan),
  ];
  expect(firstDifference(fast, fastest)).toBeNull();
  expect(fast.summary?.draws).toBe(definition.summary?.draws);
  const agreement = await agreementOf(naive, plan, definition, fast);
  worst = Math.max(worst, agreement.worst);
  atThreshold += agreement.differing;
  expect(agreement.worst).toBeLessThanOrEqual(1e-10);
  expect(agreement.unexplained).toBe(0);
}

const file = (path: string) => new URL(`../../../${path}`, import.meta.url);

function read(path: string): Promise<Portfolio> {
  return loadPortfolio(readFileSync(file(path), "utf8"), formatOf(path), path);
}

const EXAMPLES = ["motor-and-property.yaml", "property-500.csv", "excess-layers.json"].map(
  (name) => `examples/${name}`,
);
const SMALL = ["W0", "W1", "W2", "W5", "W6", "typical/small", "typical/medium", "typical/headline"];
const WIDE = ["W3", "W7", "W8", "W9", "typical/large"];
const WIDEST = ["W4", "W10", "typical/xlarge"];

describe("books", () => {
  const small = [...EXAMPLES, ...SMALL.map((name) => `fixtures/workloads/${name}.json`)];
  test.each(small.flatMap((path) => OPTIMIZATION_LEVELS.map((level) => [path, level] as const)))(
    "%s at level %i",
    async (path, level) => expectAgreement(await read(path), { trials: 4096 + 100, level }),
  );

  // A level that is not rewritten costs a book of 10,000 policies 40,000,000 counts a block.
  const wide = WIDE.flatMap((name) => OPTIMIZATION_LEVELS.map((level) => [name, level] as const));
  const widest = WIDEST.flatMap((name) => ([0, 3] as const).map((level) => [name, level] as const));
  test.each([...wide, ...widest])("%s at level %i", async (name, level) =>
    expectAgreement(await read(`fixtures/workloads/${name}.json`), { trials: 100, level }),
  );

  test.each(WIDE)("%s at level 3: a whole block and a short one", async (name) =>
    expectAgreement(await read(`fixtures/workloads/${name}.json`), { trials: 4096 + 100, level: 3 }),
  );

  test.each(ODD)("%s", async (_, policies, run) => expectAgreementOn(planOf(policies, { trials: 4096, ...run })));

  test.each(SAMPLED)("sampled by %s, the %s one, level %i", async (method, book, level) =>
    expectAgreementOn(sampledPlan(book, method, level)),
  );

  test("a policy's own losses", async () =>
    expectAgreement(await read(EXAMPLES[0]), { trials: 4196, level: 3, byPolicy: true }));

  test("tables of a long run", async () =>
    expectAgreement(await read("fixtures/workloads/typical/medium.json"), { trials: 8192, level: 3, horizon: 1e6 }));
});

/** Nightly there are more. */
const BOOKS = Number(process.env["TRUTH_BOOKS"] ?? 500);

test("every law, term and zero is in some of the generated books", () => {
  const found = new Set<string>();
  const note = (value: unknown, place = ""): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === "law") found.add(`${place.replace(/^(of|\d+)$/, "severity")} ${String(inner)}`);
      if (/^(deductible|attachment|limit|deductibleKind|zero|aggregate|insurerShare)/.test(key)) found.add(key);
      if (inner === 0 && /^(limit|insurerShare|deductible)$/.test(key)) found.add(`${place} ${key} of 0`);
      note(inner, key);
    }
  };
  for (let index = 0; index < BOOKS; index++) generatedPolicies(index).forEach((policy) => note(policy));
  const expected = [
    ...countLaws.map((law) => `frequency ${law}`),
    ...severityLaws.map((law) => `severity ${law}`),
    "zeroInflated",
    "zeroModified",
    "zeroTruncated",
    "deductibleKind",
    "attachment",
    "aggregate",
    "occurrence limit of 0",
    "aggregate limit of 0",
    "terms insurerShare of 0",
    "occurrence deductible of 0",
  ];
  expect(expected.filter((one) => !found.has(one))).toEqual([]);
});

test("generated books, at any level", async () => {
  for (let index = 0; index < BOOKS; index++) {
    const portfolio = checkPortfolio({ name: `generated ${index}`, policies: generatedPolicies(index) });
    const level = OPTIMIZATION_LEVELS[index % 4];
    // Some end in the second block, some have the tables of a long run.
    const trials = index % 25 === 1 ? 4096 + 77 : 700;
    const horizon = index % 5 === 2 && { horizon: 10_000_000 };
    const run = { trials, level, seed: String(index), byPolicy: index % 3 === 0, ...horizon };
    await expectAgreement(portfolio, run).catch((error: unknown) => {
      throw new Error(`book ${index}: ${JSON.stringify(portfolio.policies)}`, { cause: error });
    });
  }
}, 600_000);
