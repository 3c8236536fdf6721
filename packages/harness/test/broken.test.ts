import { backend as naive } from "@lossmill/backend-naive";
import { type Backend, type Losses, blockAt, summarize } from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { type Certificate, verdict, verify } from "../src/index.ts";
import { changed, copied, misled, reparted, spoiled, unfilled, withTerms } from "./broken-backends.ts";
import {
  type Book,
  annualLimit,
  constants,
  definitionOf,
  geometric,
  heavy,
  limited,
  nothing,
  rare,
  thinned,
  uniform,
} from "./closed-forms.ts";

const TRIALS = 20_000;
/** Where 3 % of a mean must be told from chance. */
const MANY = 80_000;

const check = (book: Book, backends: readonly Backend[], trials = TRIALS) =>
  verify({ definition: definitionOf(book, trials, "1"), backends, judge: book.judge });

/** Names of the failed checks of a level. */
function failedAt(certificate: Certificate, level: number): string[] {
  const runs = certificate.runs.filter((run) => run.level === level);
  return [...new Set(runs.flatMap(({ checks }) => checks.filter(({ passed }) => !passed).map(({ name }) => name)))];
}

const scale = ({ total, maxOccurrence }: Losses, factor: number) => {
  for (const losses of [total, maxOccurrence]) for (let t = 0; t < losses.length; t++) losses[t] *= factor;
};

/** Beyond `from`, losses are further out by half. */
const stretched = (book: Book): Backend => {
  const from = book.judge.quantiles.find(({ p }) => p === 0.99)!.var.value!;
  return spoiled(({ total, maxOccurrence }) => {
    for (const losses of [total, maxOccurrence]) {
      for (let t = 0; t < losses.length; t++) losses[t] += 0.5 * Math.max(0, losses[t] - from);
    }
  });
};

/** A source of its own, and not the plan's: other bits each time. */
let state = 1;
const ownRandom = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;

describe("a broken backend fails, by the check that should see it", () => {
  const cases: readonly [what: string, book: Book, backend: Backend, by: readonly string[], trials?: number][] = [
    ["a mean 3 % too high", limited(), spoiled((out) => scale(out, 1.03)), ["mean", "total", "var"], MANY],
    [
      "a limit ignored",
      limited(),
      withTerms(() => ({ limit: null })),
      ["mean", "sd", "tvar", "total", "maxOccurrence"],
    ],
    [
      "a limit of 0 read as unlimited",
      nothing(),
      withTerms(({ limit }) => ({ limit: limit || null })),
      ["mean", "var", "oep", "claims"],
    ],
    ["a deductible ignored", thinned(), withTerms(() => ({ deductible: 0 })), ["mean", "total"]],
    [
      "an annual limit ignored",
      annualLimit(),
      withTerms(() => ({ aggregateLimit: null })),
      ["mean", "sd", "var", "tvar", "total"],
    ],
    [
      "a share inverted",
      limited(),
      withTerms(({ insurerShare }) => ({ insurerShare: 1 - insurerShare })),
      ["mean", "oep"],
    ],
    ["one block for all", limited(), copied(), ["distinctBlocks"]],
    ["the last block left at zero", limited(), unfilled(), ["filled"]],
    [
      "poisson counts for geometric ones of the same mean",
      geometric(),
      misled((plan) => ({
        ...plan,
        lines: plan.lines.map((line) => ({ ...line, placement: "perTrial", frequency: { law: "poisson", lambda: 3 } })),
      })),
      ["sd", "var", "tvar", "total", "maxOccurrence"],
    ],
    [
      "an OEP after the annual limit",
      annualLimit(),
      spoiled(({ maxOccurrence }) => maxOccurrence.forEach((x, t) => (maxOccurrence[t] = Math.min(x, 2500)))),
      ["oep", "maxOccurrence"],
    ],
    ["VaR at 99 % right, but the tail beyond it stretched", geometric(), stretched(geometric()), ["tvar"], MANY],
    [
      "a heavy tail stretched, of which only the cut-off part is judged",
      heavy(1.5),
      stretched(heavy(1.5)),
      ["limitedTvar"],
      MANY,
    ],
    ["no claim counted", constants(), spoiled(({ claims }) => claims.fill(0)), ["trials"]],
    [
      "one claim in twenty counted twice",
      constants(),
      spoiled(({ claims }) => claims.forEach((n, t) => (claims[t] = n + (n > 0 && t % 20 === 0 ? 1 : 0)))),
      ["claims"],
    ],
    [
      "a loss that is no number",
      limited(),
      spoiled(({ total }, { index }) => void (index === 1 && (total[7] = NaN))),
      ["trials"],
    ],
    [
      "a largest claim that is infinite",
      limited(),
      spoiled(({ maxOccurrence }) => void (maxOccurrence[7] = Infinity)),
      ["trials"],
    ],
    ["half a claim", limited(), spoiled(({ claims }) => void (claims[7] = 0.5)), ["trials"]],
    [
      "a total above all claims",
      limited(),
      spoiled(({ total, maxOccurrence }) => void (total[7] = 2 * maxOccurrence[7] + 1)),
      ["trials"],
    ],
    [
      "its own randomness",
      uniform(),
      changed(() => ({ start, end }, { total, maxOccurrence, claims }) => {
        for (let t = 0; t < end - start; t++) {
          total[t] = maxOccurrence[t] = 1000 * ownRandom();
          claims[t] = 1;
        }
        return end - start;
      }),
      ["repeatable"],
    ],
    [
      "a block missing",
      uniform(),
      reparted(async function* (parts) {
        for await (const part of parts) if (part.block.index !== 2) yield part;
      }),
      ["blocks"],
    ],
    ["every block missing", uniform(), reparted(async function* () {}), ["blocks"]],
    [
      "a block twice",
      uniform(),
      reparted(async function* (parts) {
        for await (const part of parts) yield* [part, part];
      }),
      ["blocks"],
    ],
    [
      "blocks of other trials",
      uniform(),
      reparted(async function* (parts, plan) {
        for await (const part of parts)
          yield { ...part, block: { ...blockAt(part.block.index, plan.trials), start: 1 } };
      }),
      ["blocks"],
    ],
    [
      "summaries of other losses",
      uniform(),
      reparted(async function* (parts) {
        for await (const part of parts) yield { ...part, summary: { ...part.summary, total: part.summary.claims } };
      }),
      ["summaries"],
    ],
    [
      "summaries whose mean drifts",
      uniform(),
      reparted(async function* (parts) {
        for await (const part of parts) {
          const due = summarize(part.losses, part.block.end - part.block.start, 1);
          yield { ...part, summary: { ...due, total: { ...due.total, mean: due.total.mean * (1 + 1e-6) } } };
        }
      }),
      ["summaries"],
    ],
    [
      "draws that are not a number",
      uniform(),
      reparted(async function* (parts) {
        for await (const part of parts) yield { ...part, summary: { ...part.summary, draws: NaN } };
      }),
      ["summaries"],
    ],
  ];
  test.each(cases)("%s", async (what, book, backend, by, trials = TRIALS) => {
    const certificate = await check(book, [backend], trials);
    expect(certificate.passed).toBe(false);
    console.log(`${what}: ${failedAt(certificate, 0).join(", ")}\n    ${verdict(certificate)[0]}`);
    for (const level of [0, 3]) expect(failedAt(certificate, level)).toEqual(expect.arrayContaining([...by]));
    expect(JSON.parse(JSON.stringify(certificate))).toEqual(certificate);
  });

  test("a rewrite that goes wrong is seen against the first level", async () => {
    const backend = spoiled((out, _, plan) => plan.optimizationLevel === 3 && scale(out, 1.2));
    const certificate = await check(geometric(), [backend]);
    expect(failedAt(certificate, 0)).toEqual([]);
    expect(failedAt(certificate, 3)).toContain("levels");
  });

  test("in a book of which most blocks are empty, blocks may repeat and stay empty", async () => {
    const certificate = await check(rare(), [naive], 400_000);
    console.log(`rare: ${certificate.judged} judged`);
    expect(verdict(certificate)).toEqual([]);
  });

  test("copies are also seen in the last, shorter block", async () => {
    const certificate = await check(limited(), [copied()], 5000);
    expect(verdict(certificate)[0]).toBe("broken, level 0: distinctBlocks: blocks 0 and 1 have the same totals");
  });
});

describe("backends against each other", () => {
  const other = (spoil: (out: Losses, trial: (t: number) => number) => void) =>
    spoiled((out, { start, end }, plan) => {
      // A ground-up plan is the first backend's affair; here only the plan itself is spoiled.
      if (start <= 4100 && 4100 < end && plan.trials! > 4096) spoil(out, (t) => t - start);
    }, "other");
  const bitwise = (backend: Backend): Backend => ({ ...backend, agreement: 0 });

  test("the same losses agree to the bit", async () => {
    const same = spoiled(() => {}, "same");
    const certificate = await check(thinned(), [bitwise(naive), bitwise(same)]);
    expect(certificate.passed).toBe(true);
    expect(certificate.agreements).toHaveLength(4);
    expect(certificate.agreements[3]).toMatchObject({
      level: 3,
      backends: ["naive", "same"],
      promised: 0,
      compared: true,
      total: { relative: 0, trial: null },
      claims: { differing: 0, unexplained: 0 },
    });
  });

  test("with one backend there is nothing to compare", async () => {
    expect((await check(uniform(), [naive])).agreements).toEqual([]);
  });

  test.each([
    [
      "1e-8 of the ground-up sum in one trial",
      (out: Losses, at: (t: number) => number) => void (out.total[at(4100)] *= 1 - 1e-8),
    ],
    [
      "1e-8 in a largest claim",
      (out: Losses, at: (t: number) => number) => void (out.maxOccurrence[at(4100)] *= 1 + 1e-8),
    ],
    ["one claim more in one trial", (out: Losses, at: (t: number) => number) => void out.claims[at(4100)]++],
    ["no number in one trial", (out: Losses, at: (t: number) => number) => void (out.total[at(4100)] = NaN)],
  ])("%s", async (what, spoil) => {
    const certificate = await check(uniform(), [naive, other(spoil)]);
    console.log(`${what}: ${verdict(certificate).at(-1)}`);
    expect(certificate.passed).toBe(false);
    expect(certificate.agreements.map(({ passed }) => passed)).toEqual([false, false, false, false]);
    expect(JSON.parse(JSON.stringify(certificate))).toEqual(certificate);
  });

  test("what is promised is allowed, and one claim at its threshold with it", async () => {
    const near = other(({ total, claims }, at) => {
      total[at(4100)] *= 1 - 1e-11;
      claims[at(4100)]++;
    });
    const certificate = await check(uniform(), [naive, near]);
    expect(verdict(certificate)).toEqual([]);
    const [{ total, claims }] = certificate.agreements;
    expect(total.trial).toBe(4100);
    expect(total.relative).toBeCloseTo(1e-11, 14);
    expect(claims).toEqual({ differing: 1, unexplained: 0 });
    const strict = await check(uniform(), [bitwise(naive), bitwise(near)]);
    expect(strict.agreements[0]).toMatchObject({ passed: false, claims: { unexplained: 1 } });
  });
});
