// The sampler alone: uniforms in, upper tails, trials and weights out; weights against the ratio of both laws, by hand.
import { describe, expect, test } from "vitest";
import type { Losses } from "../../src/contract.ts";
import { countLaw } from "../../src/laws/counts/index.ts";
import { BLOCK_TRIALS } from "../../src/plan/block.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { COUNTS, SEVERITIES, uniformSource } from "../../src/random/uniforms.ts";
import { addedClaims } from "../../src/sampling/importance.ts";
import { samplePlan } from "../../src/sampling/sample-plan.ts";
import { samplerOf } from "../../src/sampling/sampler.ts";
import type { Importance } from "../../src/sampling/sampling.ts";
import { exponential, planOf, poisson } from "./books.ts";
import { randomCuts } from "./drive.ts";

/** Upper tails of `exponential` of 0.3, 0.1 and 0.02; ratio 2 is that of no claims. */
const TAILS = [0.3, 0.1, 0.02];
const RATIOS = [1, 1.5, 3, 8];
const tilting = { amounts: [0, ...TAILS.map((tail) => -1000 * Math.log(tail))], ratios: RATIOS };
/** ∫ (r − 1), by hand: 0.5 · 0.2 + 2 · 0.08 + 7 · 0.02. */
const ADDED = 0.4;

const sampled = (...lambdas: number[]): Plan =>
  samplePlan(
    planOf(
      lambdas.map((lambda) => ({ frequency: poisson(lambda), severity: exponential })),
      { optimizationLevel: 0 },
    ),
    { method: "importance", tilting },
  );

const samplerFor = (plan: Plan) => samplerOf(plan)!;

const ratioOf = (tail: number) => RATIOS[TAILS.filter((begin) => tail < begin).length];

function weightsOf(sampler: ReturnType<typeof samplerFor>): Float64Array {
  const weight = new Float64Array(BLOCK_TRIALS);
  sampler.finish({ weight } as unknown as Losses);
  return weight;
}

/** The mean of what pairs of trials have, which are independent of each other, and its standard error. */
function pairSum() {
  let [n, sum, squares] = [0, 0, 0];
  return {
    add(pairs: Float64Array) {
      n += pairs.length;
      for (const pair of pairs) {
        sum += pair;
        squares += pair * pair;
      }
    },
    estimate() {
      const mean = sum / n;
      return { mean, se: Math.sqrt((squares / n - mean * mean) / n) };
    },
  };
}

/** The numbers are n of a uniform law, about as evenly as can be. */
function expectEven(values: readonly number[], from: number, to: number, step: number): void {
  values
    .toSorted((a, b) => a - b)
    .forEach((value, i) => {
      const due = from + ((to - from) * (i + 0.5)) / values.length;
      if (!(Math.abs(value - due) < step)) throw new Error(`number ${i} of ${values.length}: ${value}, not ${due}`);
    });
}

describe("a claim", () => {
  const MANY = 70_000;
  const sampler = samplerFor(sampled(2));
  const tails = Float64Array.from({ length: MANY }, (_, i) => (i + 0.5) / MANY);
  const trials = new Uint16Array(MANY).fill(6);
  sampler.begin(0);
  sampler.claims(0, 0, MANY, tails, trials);
  const claims = [...tails].map((tail, i) => ({ tail, isAdded: trials[i] === 7 }));

  test("is one that was added as often as it should, and only then moved to the trial of odd number", () => {
    expect(new Set(trials)).toEqual(new Set([6, 7]));
    const share = claims.filter(({ isAdded }) => isAdded).length / MANY;
    expect(share).toBeCloseTo(ADDED / 2 / (1 + ADDED / 2), 4);
  });

  test("has an upper tail as before where it was there", () => {
    expectEven(
      claims.flatMap(({ tail, isAdded }) => (isAdded ? [] : [tail])),
      0,
      1,
      1e-4,
    );
  });

  test.each([
    [0.1, 0.3, 0.5],
    [0.02, 0.1, 2],
    [0, 0.02, 7],
  ])("that was added has one from %d to %d %d times as often", (from, to, more) => {
    const added = claims.flatMap(({ tail, isAdded }) => (isAdded && tail > from && tail < to ? [tail] : []));
    expect(added.length / MANY).toBeCloseTo((more * (to - from)) / 2 / (1 + ADDED / 2), 4);
    expectEven(added, from, to, 2e-4);
  });

  test("that was added is one of the largest", () => {
    expect(claims.filter(({ tail, isAdded }) => isAdded && tail > 0.3)).toEqual([]);
  });

  test("of a trial of odd number stays there", () => {
    const odd = new Uint16Array(100).fill(4095);
    sampler.claims(
      0,
      0,
      100,
      Float64Array.from({ length: 100 }, (_, i) => (i + 0.5) / 100),
      odd,
    );
    expect(new Set(odd)).toEqual(new Set([4095]));
  });

  test("has an upper tail from 2^-54 to below 1, at the ends of its uniform and of its pieces", () => {
    const starts = [0, 0.7, 0.22, 0.06].map((mass) => mass / 1.2);
    const ends = [2 ** -54, 2 ** -53, 1 - 2 ** -53, ...starts.flatMap((start) => [start, start + 2 ** -53])];
    const out = Float64Array.from(ends);
    sampler.claims(0, 0, out.length, out, new Uint16Array(out.length));
    for (const tail of out) expect(tail >= 2 ** -54 && tail <= 1 - 2 ** -53).toBe(true);
    expect(out[0]).toBe(2 ** -54);
    expect(out[2]).toBeGreaterThan(1 - 2 ** -51);
  });
});

describe("a trial's weight", () => {
  const plan = sampled(0.5, 3);

  test("is that of a trial of both laws: its claims' ratios, and how many were to come", () => {
    expect(addedClaims(plan, RATIOS)).toBeCloseTo(3.5 * ADDED, 12);
    const sampler = samplerFor(plan);
    sampler.begin(0);
    const ratios = new Float64Array(BLOCK_TRIALS).fill(Math.exp(-3.5 * ADDED));
    for (const line of [0, 1]) {
      const tails = Float64Array.from({ length: 500 }, (_, i) => (i + 0.5) / 500);
      const trials = Uint16Array.from({ length: 500 }, (_, i) => (i * 37) % 128);
      sampler.claims(line, 0, 500, tails, trials);
      tails.forEach((tail, i) => (ratios[trials[i]] *= ratioOf(tail)));
    }
    weightsOf(sampler).forEach((weight, t) => expect(weight / (2 / (1 + ratios[t]))).toBeCloseTo(1, 12));
  });

  test("is forgotten by the next block", () => {
    const sampler = samplerFor(plan);
    sampler.begin(0);
    sampler.claims(1, 0, 1, Float64Array.of(0.001), Uint16Array.of(0));
    sampler.begin(1);
    for (const weight of weightsOf(sampler)) expect(weight).toBeCloseTo(2 / (1 + Math.exp(-3.5 * ADDED)), 14);
  });

  // exp(-900) and 4^650 are no doubles, their product is.
  test.each([[500], [649], [650], [651], [2000]])("of a book of very many claims, %i of them large", (large) => {
    const big = samplePlan(planOf([{ frequency: poisson(1000), severity: exponential }]), {
      method: "importance",
      tilting: { amounts: [0, -1000 * Math.log(0.3)], ratios: [1, 4] },
    });
    const sampler = samplerFor(big);
    sampler.begin(0);
    // What was added comes first; of the others, the largest first: 0.45 / 1.45 and 0.75 / 1.45.
    const tails = new Float64Array(large).fill(0.5);
    const trials = new Uint16Array(large).fill(2);
    sampler.claims(0, 0, large, tails, trials);
    expect(tails[0]).toBeLessThan(0.3);
    expect(trials[0]).toBe(2);
    const weight = weightsOf(sampler);
    expect(weight[2]).toBeCloseTo(2 / (1 + Math.exp(large * Math.log(4) - 900)), 9);
    expect(weight[3]).toBe(2);
  });
});

describe("blocks of a run", () => {
  /** A scattered kernel as far as the sampler sees it: tails and trials of a block's claims, in chunks. */
  function blockOf(plan: Plan, sampler: ReturnType<typeof samplerFor>, block: number, cut: () => number) {
    const source = uniformSource(plan.seed);
    sampler.begin(block);
    const lines = plan.lines.map(({ frequency, firstStream }, line) => {
      const one = new Float64Array(1);
      source.seek(firstStream, block, COUNTS);
      source.fill(one, 1);
      const mean = BLOCK_TRIALS * countLaw(frequency).mean;
      const n = countLaw({ law: "poisson", lambda: mean }).quantile(one[0], "lower");
      const trials = new Uint16Array(n);
      source.fillTrials(trials, n);
      const tails = new Float64Array(n);
      source.seek(firstStream, block, SEVERITIES);
      source.fill(tails, n);
      for (let first = 0; first < n;) {
        const end = Math.min(n, first + cut());
        sampler.claims(line, 0, end - first, tails.subarray(first, end), trials.subarray(first, end));
        first = end;
      }
      return { tails, trials };
    });
    return { lines, weight: weightsOf(sampler) };
  }

  const plan = sampled(0.5, 0.01);

  test("have weights of 1 on average, and weighted claims of the book's laws", () => {
    const sampler = samplerFor(plan);
    const AT = [1, 0.3, 0.1, 0.02, 0.004];
    // Sums of pairs of trials, which are independent of each other: of weights, and of weighted claims beyond each tail.
    const sums = [...AT, 0].map(pairSum);
    const BLOCKS = 100;
    for (let block = 0; block < BLOCKS; block++) {
      const { lines, weight } = blockOf(plan, sampler, block, () => 640);
      const found = [...AT, 0].map(() => new Float64Array(BLOCK_TRIALS / 2));
      weight.forEach((w, t) => (found[AT.length][t >> 1] += w));
      lines[0].tails.forEach((tail, i) => {
        const t = lines[0].trials[i];
        AT.forEach((at, k) => tail < at && (found[k][t >> 1] += weight[t]));
      });
      found.forEach((pairs, k) => sums[k].add(pairs));
    }
    sums.forEach((sum, k) => {
      const { mean, se } = sum.estimate();
      const due = k < AT.length ? 2 * 0.5 * AT[k] : 2;
      expect(Math.abs(mean - due) / se, `${k}: ${mean}, not ${due}`).toBeLessThan(4.5);
      // The test sees two parts in a hundred of each.
      expect(se / due).toBeLessThan(0.02);
    });
  });

  test.each([
    [1, 3],
    [2, 40],
    [3, 1000],
  ])("change no bit in chunks, cut by %i, of up to %i", (seed, most) => {
    const whole = blockOf(plan, samplerFor(plan), 5, () => 1e6);
    const used = samplerFor(plan);
    blockOf(plan, used, 4, () => 100);
    expect(blockOf(plan, used, 5, randomCuts(seed, most))).toEqual(whole);
  });
});

describe("counts that are not Poisson's", () => {
  const policies = [
    { copies: 2, frequency: { law: "negativeBinomial", size: 0.5, prob: 0.4 }, severity: exponential },
    { frequency: { law: "binomial", size: 3, prob: 0.2 }, severity: exponential },
    { frequency: poisson(0.3), severity: exponential },
    // Of more than all claims there are none: these are larger alone.
    { frequency: { law: "binomial", size: 2, prob: 0.9 }, severity: exponential },
  ];
  const plan = samplePlan(planOf(policies, { optimizationLevel: 0 }), { method: "importance", tilting });
  const AT = [1, 0.3, 0.1, 0.02, 0.004];

  /** A kernel as far as the sampler sees it: what becomes of a block's counts and claims, in chunks of counts. */
  function blockOf(sampler: ReturnType<typeof samplerFor>, block: number, cut: () => number) {
    const source = uniformSource(plan.seed);
    const claims: { line: number; tail: number; t: number }[] = [];
    sampler.begin(block);
    plan.lines.forEach(({ frequency, firstStream, copies }, line) => {
      for (let copy = 0; copy < copies; copy++) {
        const law = countLaw(frequency);
        const counts = new Float64Array(BLOCK_TRIALS);
        source.seek(firstStream + copy, block, COUNTS);
        source.fill(counts, BLOCK_TRIALS);
        const severities = uniformSource(plan.seed);
        severities.seek(firstStream + copy, block, SEVERITIES);
        for (let first = 0; first < BLOCK_TRIALS;) {
          const end = Math.min(BLOCK_TRIALS, first + cut());
          const part = counts.subarray(first, end);
          if (sampler.lines[line].counts) sampler.counts(line, copy, first, end - first, part);
          const trials = Uint16Array.from(
            [...part].flatMap((u, i) => Array.from({ length: law.quantile(u, "lower") }, () => first + i)),
          );
          const tails = new Float64Array(trials.length);
          severities.fill(tails, tails.length);
          sampler.claims(line, copy, tails.length, tails, trials);
          tails.forEach((tail, i) => claims.push({ line, tail, t: trials[i] }));
          first = end;
        }
      }
    });
    return { claims, weight: weightsOf(sampler) };
  }

  test("hand over counts and claims", () => {
    expect(plan.lines.map(({ placement, untilted }) => [placement, untilted?.law])).toEqual([
      ["perTrial", "negativeBinomial"],
      ["perTrial", "binomial"],
      ["scatter", undefined],
      ["perTrial", undefined],
    ]);
    expect(samplerFor(plan).lines).toEqual([
      { counts: true, claims: true, payments: false },
      { counts: true, claims: true, payments: false },
      { counts: false, claims: true, payments: false },
      { counts: false, claims: true, payments: false },
    ]);
    // Of each line its mean, by hand.
    expect(addedClaims(plan, RATIOS)).toBeCloseTo((2 * 0.75 + 0.6 + 0.3) * ADDED, 12);
  });

  test("weights are 1 on average, trials of even number are plain, and weighted claims of the book's laws", () => {
    const sampler = samplerFor(plan);
    const BLOCKS = 60;
    const rates = [1.5, 0.6, 0.3, 1.8];
    // By line and tail, of all trials weighted; then of trials of even number, unweighted; then weights.
    const due = [...rates.flatMap((rate) => AT.map((at) => 2 * rate * at)), ...rates, 2];
    const sums = due.map(pairSum);
    for (let block = 0; block < BLOCKS; block++) {
      const { claims, weight } = blockOf(sampler, block, () => 1024);
      const found = due.map(() => new Float64Array(BLOCK_TRIALS / 2));
      weight.forEach((w, t) => (found[due.length - 1][t >> 1] += w));
      for (const { line, tail, t } of claims) {
        AT.forEach((at, k) => tail < at && (found[line * AT.length + k][t >> 1] += weight[t]));
        if (t % 2 === 0) found[rates.length * AT.length + line][t >> 1]++;
      }
      found.forEach((pairs, k) => sums[k].add(pairs));
    }
    sums.forEach((sum, k) => {
      const { mean, se } = sum.estimate();
      expect(Math.abs(mean - due[k]) / se, `${k}: ${mean}, not ${due[k]}`).toBeLessThan(4.5);
      expect(se / due[k]).toBeLessThan(0.05);
    });
  });

  test.each([
    [1, 3],
    [2, 40],
    [3, 4000],
  ])("change no bit in chunks, cut by %i, of up to %i", (seed, most) => {
    const whole = blockOf(samplerFor(plan), 5, () => 4096);
    const used = samplerFor(plan);
    blockOf(used, 4, () => 100);
    expect(blockOf(used, 5, randomCuts(seed, most))).toEqual(whole);
  });

  test("of very many lines: no product is lost below all doubles", () => {
    const many = samplePlan(
      planOf(
        [
          { copies: 20_000, frequency: { law: "negativeBinomial", size: 0.5, prob: 0.5 }, severity: exponential },
          { frequency: poisson(1000), severity: exponential },
        ],
        { optimizationLevel: 0 },
      ),
      { method: "importance", tilting: { amounts: [0, -1000 * Math.log(0.3)], ratios: [1, 4] } },
    );
    const sampler = samplerFor(many);
    sampler.begin(0);
    // Without claims, (2 / 2.9)^(1/2) a copy and e^-900; half of the copies have two claims (0.884 < 0.9 < 0.95), r = 1 of 1.9.
    const ratio = Math.log(2 / 2.9);
    for (let copy = 0; copy < 10_000; copy++) {
      sampler.counts(0, copy, 0, 3, Float64Array.of(0.01, 0.01, 0.9));
      sampler.claims(0, copy, 2, Float64Array.of(0.9, 0.9), Uint16Array.of(2, 2));
    }
    const logarithm = (20_000 / 2 + 2 * 10_000) * ratio - 900;
    const needed = Math.round(-logarithm / Math.log(4));
    const tails = new Float64Array(needed).fill(0.5);
    sampler.claims(1, 0, needed, tails, new Uint16Array(needed).fill(2));
    const weight = weightsOf(sampler);
    expect(weight[2] / (2 / (1 + Math.exp(logarithm + needed * Math.log(4))))).toBeCloseTo(1, 8);
    expect(weight[2]).toBeLessThan(1.9);
    expect(weight[1]).toBe(2);
  });
});

test("lines that are not tilted are not handed over, nor counts, nor payments", () => {
  const frequency = { law: "fixed", n: 3 };
  const book = planOf([
    { frequency: poisson(1), severity: exponential },
    { frequency, severity: exponential },
  ]);
  const plan = samplePlan(book, { method: "importance", tilting });
  const sampler = samplerFor(plan);
  const nothing = { counts: false, claims: false, payments: false };
  expect(sampler.lines).toEqual(plan.lines.map(({ tilt }) => ({ ...nothing, claims: tilt !== undefined })));
  expect(sampler.lines.filter(({ claims }) => claims).length).toBe(1);
  expect(addedClaims(plan, (plan.sampling as Importance).ratios)).toBeCloseTo(ADDED, 12);
  const kept = Float64Array.of(0.25, 0.75);
  sampler.begin(0);
  sampler.counts(0, 0, 0, 2, kept);
  sampler.payments(0, 2, kept, Uint16Array.of(0, 1));
  expect([...kept]).toEqual([0.25, 0.75]);
});
