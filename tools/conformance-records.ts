// What the conformance suite of packages/harness holds backends against: computed by the definition (naive), the exact
// answer and NumPy; the bits by vectorized. Run it to write packages/harness/src/conformance/records.ts again:
//   node_modules/.bin/node --conditions=source tools/conformance-records.ts
import { readFileSync, writeFileSync } from "node:fs";
import { backend as naive } from "../packages/backend-naive/src/index.ts";
import { backend as vectorized } from "../packages/backend-vectorized/src/index.ts";
import {
  type Collected,
  type OptimizationLevel,
  type Plan,
  SAMPLING_METHODS,
  type SamplingMethod,
  groundUpPlan,
} from "../packages/core/src/index.ts";
import { exactAnswer } from "../packages/exact/src/index.ts";
import { type Book, planOf, portfolioOf, runWhole } from "../packages/harness/src/conformance/book.ts";
import { BOOKS, COUNT_LAWS, SAMPLED, bookNamed } from "../packages/harness/src/conformance/books.ts";
import { type CountRecord, countBook } from "../packages/harness/src/conformance/counts.ts";
import { sumOf } from "../packages/core/src/math/fold.ts";
import { type LossRecord, STRETCH, amountsAt } from "../packages/harness/src/conformance/record.ts";
import { type SampledRecord, sampledPlan, sumsOf } from "../packages/harness/src/conformance/sampling.ts";
import type { Recorded } from "../packages/harness/src/conformance/recorded.ts";
import type { TruthRecord } from "../packages/harness/src/conformance/truth.ts";
import { hashOf } from "../packages/harness/src/hash-of.ts";

const LEVELS: readonly OptimizationLevel[] = [0, 3];
const FIXTURE = new URL("../fixtures/random-vectors.json", import.meta.url);
const FILE = new URL("../packages/harness/src/conformance/records.ts", import.meta.url);

/** All records, computed anew. */
async function conformanceRecords(): Promise<Recorded> {
  return {
    random: randomVectors(),
    counts: await atLevels(COUNT_LAWS, recordCounts),
    losses: await atLevels(BOOKS, (book, level) => recordLosses(book, level, planOf(book, level))),
    sampling: await atLevels(SAMPLING_METHODS, recordSampled),
    truth: await truthRecords(),
  };
}

export function randomVectors(): Recorded["random"] {
  return (JSON.parse(readFileSync(FIXTURE, "utf8")) as { readonly runs: Recorded["random"] }).runs;
}

export function truthRecords(): Promise<Recorded["truth"]> {
  return atLevels(["4,096 trials", "infinite variance"], recordTruth);
}

async function atLevels<T, R>(items: readonly T[], record: (item: T, level: OptimizationLevel) => R | Promise<R>) {
  const records: R[] = [];
  for (const item of items) for (const level of LEVELS) records.push(await record(item, level));
  return records;
}

const placementsOf = ({ lines }: Plan) => [...new Set(lines.map(({ placement }) => placement))];

async function recordCounts(law: object, level: OptimizationLevel): Promise<CountRecord> {
  const plan = planOf(countBook(law), level);
  const { claims } = (await runWhole(naive, plan)).losses;
  const first = [...claims.subarray(0, 40)];
  return { law: JSON.stringify(law), level, placements: placementsOf(plan), first, hash: hashOf(claims) };
}

async function recordLosses(book: Book, level: OptimizationLevel, plan: Plan): Promise<LossRecord> {
  const run = await runWhole(naive, plan);
  const shared = await runWhole(vectorized, plan);
  if (hashOf(run.losses.claims) !== hashOf(shared.losses.claims)) {
    throw new Error(`${book.name}, level ${level}: a claim is at its threshold; take another seed`);
  }
  const outputs = plan.outputs.filter((output) => output === "byPolicy");
  const groundUp = await runWhole(naive, { ...groundUpPlan(plan), outputs: ["total", ...outputs] });
  const amounts = (start: number, end: number) => {
    const { total, maxOccurrence, claims } = amountsAt(run.losses, start, end);
    const sum = sumOf(groundUp.losses.total.subarray(start, end));
    return [rounded(sum, 4, true), rounded(total, 15), rounded(maxOccurrence, 15), claims] as const;
  };
  const stretches = Array.from({ length: Math.ceil(run.trials / STRETCH) }, (_, i) =>
    amounts(i * STRETCH, Math.min((i + 1) * STRETCH, run.trials)),
  );
  const { byPolicy } = run.losses;
  const { total, maxOccurrence, claims } = shared.losses;
  return {
    book: book.name,
    level,
    placements: placementsOf(plan),
    draws: run.summary!.draws,
    trials: trialsOf(run).map((t) => [t, ...amounts(t, t + 1)]),
    stretches,
    ...(byPolicy && {
      lines: byPolicy.map((line, i) => [
        rounded(sumOf(groundUp.losses.byPolicy![i]), 4, true),
        rounded(sumOf(line), 15),
      ]),
    }),
    bits: { total: hashOf(total), maxOccurrence: hashOf(maxOccurrence), claims: hashOf(claims) },
  };
}

async function recordSampled(method: SamplingMethod, level: OptimizationLevel): Promise<SampledRecord> {
  const plan = sampledPlan(SAMPLED, level, method);
  const record = await recordLosses(SAMPLED, level, plan);
  const { weight, controls } = (await runWhole(naive, plan)).losses;
  const sums = (values: Float64Array) => sumsOf(values).map((sum) => rounded(sum, 15));
  return {
    sampling: method,
    ...record,
    trials: record.trials.slice(0, 2),
    ...(weight && { weight: { stretches: sums(weight), bits: hashOf(weight) } }),
    ...(controls && { controls: controls.map(sums) }),
  };
}

/** Digits of a number; rounded down, a number that is a bound stays one. */
function rounded(value: number, digits: number, isDown = false): number {
  const near = Number(value.toPrecision(digits));
  return isDown && near > value ? Number((value * (1 - 10 ** (1 - digits))).toPrecision(digits)) : near;
}

/** The first trials, those at the end of a block, and those with the most. */
function trialsOf({ losses, trials }: Collected): number[] {
  const most = (values: Float64Array) => values.indexOf(values.reduce((a, b) => Math.max(a, b), 0));
  const chosen = [0, 1, 2, 3, 4, 1000, 4094, 4095, 4096, trials - 1, most(losses.total), most(losses.claims)];
  return [...new Set(chosen)].filter((t) => t >= 0 && t < trials).sort((a, b) => a - b);
}

function recordTruth(name: string, level: OptimizationLevel): TruthRecord {
  const book = bookNamed(name);
  const answer = exactAnswer(portfolioOf(book), { at: [0.8, 0.9, 0.95, 0.99, 0.995, 0.999] });
  const known = ({ value, error }: { readonly value: number | null; readonly error: number | null }) =>
    value === null ? null : ([rounded(value, 12), rounded(2 * (error ?? 0) + 1e-11 * value, 2)] as const);
  return {
    book: name,
    level,
    placements: placementsOf(planOf(book, level)),
    claims: rounded(answer.claims, 15),
    mean: known(answer.mean),
    sd: known(answer.sd),
    kurtosis: answer.kurtosis === null ? null : rounded(answer.kurtosis, 6),
    quantiles: answer.quantiles.map(({ p, var: total, oep }) => ({
      p,
      total: known(total)!,
      maxOccurrence: known(oep)!,
    })),
  };
}

/** The module that holds them: one record a line. */
function moduleText(recorded: Recorded): string {
  const lists = Object.entries(recorded).map(([name, records]) => {
    const rows = (records as readonly object[]).map((record) => `    ${JSON.stringify(record)},\n`);
    return `  ${name}: [\n${rows.join("")}  ],\n`;
  });
  return `// Written by tools/conformance-records.ts: what NumPy, the definition and the exact answer say.
import type { Recorded } from "./recorded.ts";

export const RECORDS: Recorded = {
${lists.join("")}};
`;
}

if (import.meta.main) writeFileSync(FILE, moduleText(await conformanceRecords()));
