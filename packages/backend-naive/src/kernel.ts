/**
 * The definition of a Lossmill simulation, written to be read: policy by policy, trial by trial, claim by claim.
 *
 * It shares with the other backends what the plan fixes, the uniforms and the thresholds of counts, and nothing else:
 * amounts come from each law's textbook quantile (./quantiles). It is also the baseline that speed is measured against,
 * so it is as fast as plain code of this shape can be: uniforms come in bulk, parameters are hoisted out of the loops.
 */
import {
  BLOCK_TRIALS,
  COUNT,
  COUNTS,
  type CompiledPlan,
  type Compute,
  GENERATORS,
  type Kernel,
  type Line,
  type Losses,
  type Plan,
  SAMPLING_METHODS,
  SEVERITIES,
  SIZES,
  TERM,
  countLookup,
  inProcess,
  samplerOf,
  tableAt,
  uniformSource,
} from "@lossmill/core";
import { emptyHits, placements } from "./placements.ts";
import { type Quantile, quantileOf } from "./quantiles/index.ts";

export const kernel: Kernel = {
  name: "naive",
  module: import.meta.resolve("@lossmill/backend-naive/kernel"),
  prepare,
  stages: {
    counts: ["placements"],
    severities: ["quantiles"],
    terms: ["kernel/franchise", "kernel/ordinary", "kernel/afterYear"],
    reduce: ["kernel/simulateCopy"],
  },
};

/** Naive in this thread. Its last bits depend on the engine's `Math`, hence an agreement above 0. */
export const backend = inProcess(kernel, {
  agreement: 1e-10,
  supports: {
    outputs: ["total", "maxOccurrence", "claims", "byPolicy"],
    placements: ["perTrial", "scatter", "skip"],
    samplings: SAMPLING_METHODS,
    generators: GENERATORS,
  },
});

/** One policy line with what its claims need. */
interface PreparedLine {
  readonly line: Line;
  /** The line's row of the compiled terms; fields as TERM. */
  readonly terms: Float64Array;
  readonly quantile: Quantile;
  readonly payment: Payment;
}

/** What is paid for a claim of ground-up amount x, before the insurer's share. */
type Payment = (x: number) => number;

async function prepare(plan: Plan, compiled: CompiledPlan): Promise<Compute> {
  const random = uniformSource(plan.seed, plan.generator);
  const lines = plan.lines.map((line, i): PreparedLine => {
    const terms = compiled.terms.subarray(i * TERM.fields, (i + 1) * TERM.fields);
    return { line, terms, quantile: quantileOf(line.severity), payment: paymentOf(terms) };
  });
  const clustered = plan.lines.map((_, i) => compiled.counts[tableAt(i, SIZES) + COUNT.length] !== 0);
  const sampler = samplerOf(plan);
  const place = placements(random, countLookup(plan, compiled), clustered, (line, n, uniforms) => {
    if (sampler?.lines[line].counts) sampler.counts(line, copy, 0, n, uniforms);
  });
  const hits = emptyHits();
  const sums = new Float64Array(BLOCK_TRIALS);
  const uniforms = new Float64Array(BLOCK_TRIALS);
  const payments = new Float64Array(BLOCK_TRIALS);
  const trialOf = new Uint16Array(BLOCK_TRIALS);
  let copy = 0;

  return (block, out) => {
    const trials = block.end - block.start;
    let draws = 0;
    out.total.fill(0);
    out.maxOccurrence.fill(0);
    out.claims.fill(0);
    out.byPolicy?.fill(0);
    sampler?.begin(block.index);

    for (let i = 0; i < lines.length; i++) {
      const prepared = lines[i];
      const { placement, copies, firstStream } = prepared.line;
      for (copy = 0; copy < copies; copy++) {
        random.seek(firstStream + copy, block.index, COUNTS);
        place[placement](i, trials, hits);
        random.seek(firstStream + copy, block.index, SEVERITIES);
        simulateCopy(prepared, i, out);
        draws += hits.draws + hits.claims;
      }
    }
    sampler?.finish(out);
    return draws;
  };

  /** Adds the claims of `hits`, one copy's, to the trials. */
  function simulateCopy({ terms, quantile, payment }: PreparedLine, index: number, out: Losses): void {
    const { total, maxOccurrence, claims, byPolicy } = out;
    const survival = terms[TERM.survival];
    const isThinned = survival < 1;
    const share = terms[TERM.insurerShare];
    const aggregateDeductible = terms[TERM.aggregateDeductible];
    const aggregateLimit = terms[TERM.aggregateLimit];
    const hasAggregate = aggregateDeductible > 0 || aggregateLimit < Infinity;
    if (hasAggregate) sums.fill(0);

    const handed = sampler?.lines[index];
    let hit = 0;
    let left = hits.counts[0];
    for (let done = 0; done < hits.claims; done += BLOCK_TRIALS) {
      const n = Math.min(hits.claims - done, BLOCK_TRIALS);
      random.fill(uniforms, n);
      for (let i = 0; i < n; i++) {
        while (left === 0) left = hits.counts[++hit];
        trialOf[i] = hits.trials[hit];
        left--;
      }
      if (handed?.claims) sampler!.claims(index, copy, n, uniforms, trialOf);
      for (let i = 0; i < n; i++) {
        const t = trialOf[i];
        const paid = payment(isThinned ? quantile(survival * uniforms[i], true) : quantile(uniforms[i], false));
        if (handed) payments[i] = paid;
        if (paid > 0) {
          claims[t] += 1;
          if (share * paid > maxOccurrence[t]) maxOccurrence[t] = share * paid;
          if (hasAggregate) sums[t] += paid;
          else total[t] += share * paid;
          if (byPolicy && !hasAggregate) byPolicy[index * BLOCK_TRIALS + t] += share * paid;
        }
      }
      if (handed?.payments) sampler!.payments(index, n, payments, trialOf);
    }
    if (!hasAggregate) return;
    for (let t = 0; t < BLOCK_TRIALS; t++) {
      const paid = share * afterYear(sums[t], aggregateDeductible, aggregateLimit);
      total[t] += paid;
      if (byPolicy) byPolicy[index * BLOCK_TRIALS + t] += paid;
    }
  }
}

/** The terms of the year: step 3 there. */
function afterYear(sum: number, deductible: number, limit: number): number {
  return Math.min(Math.max(sum - deductible, 0), limit);
}

/** The occurrence terms: step 1 of the order that docs/portfolio.md gives. */
function paymentOf(terms: Float64Array): Payment {
  const deductible = terms[TERM.deductible];
  const attachment = terms[TERM.attachment];
  const limit = terms[TERM.limit];
  if (terms[TERM.franchise] === 1) {
    return function franchise(x) {
      return Math.min(Math.max((x > deductible ? x : 0) - attachment, 0), limit);
    };
  }
  return function ordinary(x) {
    return Math.min(Math.max(Math.max(x - deductible, 0) - attachment, 0), limit);
  };
}
