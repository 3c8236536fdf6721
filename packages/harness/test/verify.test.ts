import { backend as naive } from "@lossmill/backend-naive";
import { type Backend, LossmillError } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { type Certificate, type Check, verdict, verify } from "../src/index.ts";
import {
  type Book,
  annualLimit,
  constants,
  definitionOf,
  geometric,
  heavy,
  limited,
  nothing,
  onGrid,
  paretoLimited,
  rare,
  thinned,
  uniform,
} from "./closed-forms.ts";

const TRIALS = 20_000;

const check = (book: Book, trials = TRIALS, backends: readonly Backend[] = [naive]) =>
  verify({ definition: definitionOf(book, trials, "1"), backends, judge: book.judge });

/** The findings that came nearest to failing. */
function worst({ runs }: Certificate): string {
  const checks = runs.flatMap((run) => run.checks);
  const distance = Math.max(...checks.map((one) => one.distance ?? 0));
  const pValue = Math.min(...checks.map((one) => one.pValue ?? 1));
  return `at most ${distance.toFixed(2)} standard errors, p-values from ${pValue.toPrecision(2)}`;
}

const find = ({ runs }: Certificate, name: Check["name"], p: number | null = null) =>
  runs[0].checks.find((one) => one.name === name && one.p === p)!;

describe("a right backend passes at all levels", () => {
  const books = [
    uniform(),
    limited(),
    paretoLimited(),
    constants(),
    thinned(),
    annualLimit(),
    geometric(),
    rare(),
    nothing(),
  ];
  test.each([...books, heavy(3), heavy(1.5), heavy(0.9)].map((book) => [book.name, book] as const))(
    "%s",
    async (name, book) => {
      const certificate = await check(book);
      console.log(`${name}: ${certificate.judged} judged, ${certificate.notJudged} not, ${worst(certificate)}`);
      expect(verdict(certificate)).toEqual([]);
      expect(certificate.passed).toBe(true);
      expect(certificate.runs.map(({ level }) => level)).toEqual([0, 1, 2, 3]);
      // Plain JSON: nothing is lost.
      expect(JSON.parse(JSON.stringify(certificate))).toEqual(certificate);
    },
  );

  test("with a judge on a grid that ends early", async () => {
    for (const book of [limited(), constants(), annualLimit(), geometric()]) {
      const certificate = await check({ ...book, judge: onGrid(book.judge, 7, 20_000) });
      console.log(`${book.name} on a grid: ${worst(certificate)}`);
      expect(verdict(certificate)).toEqual([]);
    }
  });

  test("in ten trials, of which nothing can be said but their structure", async () => {
    const certificate = await check(uniform(), 10);
    expect(certificate.passed).toBe(true);
    expect(find(certificate, "var", 0.99).reason).toBe("0.1 losses beyond it, 10 are needed");
    expect(find(certificate, "claims").reason).toContain("only 10 years");
  });
});

describe("what is not judged says why, and its cut-off part is", () => {
  test.each([
    [0.9, "mean", "the mean is infinite"],
    [1.5, "mean", "the variance is infinite"],
    [1.5, "sd", "the variance is infinite"],
    [3, "mean", "the fourth moment is infinite"],
  ] as const)("pareto %d: %s", async (shape, name, reason) => {
    const certificate = await check(heavy(shape));
    expect(find(certificate, name)).toMatchObject({ judged: false, passed: true, reason });
    expect(find(certificate, "limitedMean").judged).toBe(true);
    expect(find(certificate, "tvar", 0.99)).toMatchObject({ judged: false });
    expect(find(certificate, "limitedTvar", 0.99).judged).toBe(true);
    expect(find(certificate, "tvar", 0.998).reason).toBe("40 losses beyond VaR, 50 are needed");
  });

  test("a kurtosis too large for the trials", async () => {
    expect(find(await check(rare()), "mean").judged).toBe(true);
    expect(find(await check(rare(), 1500), "mean").reason).toBe("kurtosis 2.00e+3 is too large for 1500 trials");
  });

  test("figures that the judge does not know", async () => {
    const book = limited();
    const unknown = { value: null, error: null };
    const quantiles = book.judge.quantiles.map((level) => ({
      ...level,
      var: unknown,
      tvar: { ...unknown, reason: "why" },
    }));
    const blank = await check({ ...book, judge: { ...book.judge, mean: unknown, kurtosis: null, quantiles } });
    expect(find(blank, "mean").reason).toBe("the exact value is not known");
    expect(find(blank, "var", 0.5).reason).toBe("the exact value is not known");
    expect(find(blank, "tvar", 0.5).reason).toBe("the exact VaR is not known");
    const noKurtosis = await check({ ...book, judge: { ...book.judge, kurtosis: null } });
    expect(find(noKurtosis, "sd").reason).toBe("the kurtosis is not known");
    const noTvar = book.judge.quantiles.map((level) => ({ ...level, tvar: { ...unknown, reason: "why" } }));
    expect(find(await check({ ...book, judge: { ...book.judge, quantiles: noTvar } }), "tvar", 0.5).reason).toBe("why");
    const short = { ...geometric(), judge: onGrid(geometric().judge, 7, 20_000) };
    expect(find(await check(short), "tvar", 0.5).reason).toBe("the judge does not know the whole tail");
  });
});

describe("the rules of a verification", () => {
  const definition = definitionOf(uniform(), 5000, "1");
  const { judge } = uniform();

  test("progress is told", async () => {
    const seen: string[] = [];
    await verify({
      definition,
      backends: [naive],
      judge,
      levels: [0, 3],
      onRun: ({ backend, level, passed }, done, of) => seen.push(`${backend} ${level} ${passed} ${done}/${of}`),
    });
    expect(seen).toEqual(["naive 0 true 1/2", "naive 3 true 2/2"]);
  });

  test("an aborted verification ends with STOPPED", async () => {
    const before = AbortSignal.abort();
    await expect(verify({ definition, backends: [naive], judge, signal: before })).rejects.toMatchObject({
      code: "STOPPED",
    });
    const controller = new AbortController();
    const long = definitionOf(uniform(), 400_000, "1");
    setTimeout(() => controller.abort(), 5);
    const stopped = verify({ definition: long, backends: [naive], judge, signal: controller.signal });
    await expect(stopped).rejects.toThrow(LossmillError);
    await expect(stopped).rejects.toMatchObject({ code: "STOPPED" });
  });

  test.each([
    ["BAD_PLAN", "trials", { definition: { ...definition, trials: null } }],
    ["BAD_PLAN", "optimizationLevel", { definition: { ...definition, optimizationLevel: 1 as const } }],
    ["BAD_PLAN", "outputs", { definition: { ...definition, outputs: ["total" as const] } }],
    ["BAD_CONFIGURATION", "backends", { backends: [] }],
    ["BAD_CONFIGURATION", "backends", { backends: [naive, naive] }],
    ["BAD_CONFIGURATION", "levels", { levels: [] }],
  ])("%s: %s", async (code, place, change) => {
    const refused = verify({ definition, backends: [naive], judge, ...change });
    await expect(refused).rejects.toMatchObject({ code, faults: [{ place }] });
  });

  test("what a backend does not promise to run is told, and a backend that runs nothing proves nothing", async () => {
    const idle = (name: string, from: number): Backend => ({
      ...naive,
      name,
      open: async () => {
        const simulator = await naive.open();
        return {
          simulate(plan, options) {
            if (plan.optimizationLevel >= from) {
              throw new LossmillError("NOT_SUPPORTED", { place: "placement", message: "no scatter" });
            }
            return simulator.simulate(plan, options);
          },
          [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
        };
      },
    });
    const some = await verify({ definition, backends: [naive, idle("some", 2)], judge });
    expect(some.passed).toBe(true);
    expect(some.runs[5]).toMatchObject({
      backend: "some",
      level: 2,
      notRun: "placement: no scatter",
      checks: [],
      passed: true,
    });
    expect(some.agreements.map(({ compared }) => compared)).toEqual([true, true, false, false]);
    const none = await verify({ definition, backends: [naive, idle("none", 0)], judge });
    expect(none.passed).toBe(false);
    expect(verdict(none)).toEqual(["none: no level was run"]);
  });

  test("what a backend throws otherwise is thrown", async () => {
    const broken: Backend = { ...naive, open: () => Promise.reject(new TypeError("defect")) };
    await expect(verify({ definition, backends: [broken], judge })).rejects.toThrow("defect");
  });
});

test("a judge that hardly knows the distribution is not asked about it", async () => {
  const book = limited();
  const vague = { ...book.judge, total: { ...book.judge.total, error: 0.2 } };
  const certificate = await check({ ...book, judge: vague });
  expect(find(certificate, "total")).toMatchObject({ judged: false, reason: "the judge knows it to 0.2 only" });
  expect(find(certificate, "maxOccurrence").judged).toBe(true);
});
