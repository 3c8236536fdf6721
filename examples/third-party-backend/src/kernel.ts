/**
 * A kernel that keeps what happens as a list of events, the way catastrophe modellers keep a year event table, and makes
 * the years' losses of it in one pass at the end of the block.
 *
 * It asks core's laws for each amount, and knows two placements of three and no losses by policy: what it does not know it
 * refuses (`supports`), and the suite holds it to that.
 */
import {
  BLOCK_TRIALS,
  COUNT,
  COUNTS,
  GENERATORS,
  type CompiledPlan,
  type Compute,
  type Kernel,
  PLACES,
  type Plan,
  SEVERITIES,
  SIZES,
  type Severity,
  TERM,
  TRIALS_PER_WORD,
  countLookup,
  inProcess,
  severity,
  tableAt,
  uniformSource,
} from "@lossmill/core";
import { NO_CLAIM, eventList } from "./event-list.ts";

export const kernel: Kernel = { name: "event-list", module: import.meta.url, prepare };

/** In this thread. Core's quantiles are within 1e-12 of the definition's, compensated sums within their last digits. */
export const backend = inProcess(kernel, {
  agreement: 1e-10,
  supports: {
    outputs: ["total", "maxOccurrence", "claims"],
    placements: ["perTrial", "scatter"],
    generators: GENERATORS,
  },
});

/** The claims of one copy: trial by claim, in the order drawn. */
interface Claims {
  trials: Uint16Array;
  length: number;
  /** What was drawn to place them. */
  draws: number;
}

async function prepare(plan: Plan, compiled: CompiledPlan): Promise<Compute> {
  const random = uniformSource(plan.seed, plan.generator);
  const place = placesOf(plan, compiled);
  const laws = plan.lines.map((line) => severity(line.severity));
  const events = eventList(BLOCK_TRIALS);
  const sums = new Float64Array(BLOCK_TRIALS);
  const uniform = new Float64Array(1);

  return (block, out) => {
    let draws = 0;
    events.clear();
    plan.lines.forEach(({ copies, firstStream }, line) => {
      const terms = compiled.terms.subarray(line * TERM.fields, (line + 1) * TERM.fields);
      for (let stream = firstStream; stream < firstStream + copies; stream++) {
        const claims = place(line, stream, block.index, block.end - block.start);
        random.seek(stream, block.index, SEVERITIES);
        addClaims(claims, laws[line], terms);
        draws += claims.draws + claims.length;
      }
    });
    events.fold(out.total, out.maxOccurrence, out.claims);
    return draws;
  };

  /** Turns a copy's claims into events: payments, and, where the year has terms of its own, what these leave of them. */
  function addClaims({ trials, length }: Claims, law: Severity, terms: Float64Array): void {
    const survival = terms[TERM.survival];
    const share = terms[TERM.insurerShare];
    const aggregateDeductible = terms[TERM.aggregateDeductible];
    const aggregateLimit = terms[TERM.aggregateLimit];
    const isYearly = aggregateDeductible > 0 || aggregateLimit < Infinity;
    if (isYearly) sums.fill(0);
    for (let claim = 0; claim < length; claim++) {
      random.fill(uniform, 1);
      const x = survival < 1 ? law.quantile(survival * uniform[0], "upper") : law.quantile(uniform[0], "lower");
      const paid = paymentFor(x, terms);
      if (paid === 0) continue;
      const trial = trials[claim];
      events.add(trial, isYearly ? 0 : share * paid, share * paid);
      if (isYearly) sums[trial] += paid;
    }
    if (!isYearly) return;
    for (let t = 0; t < BLOCK_TRIALS; t++) {
      const left = Math.min(Math.max(sums[t] - aggregateDeductible, 0), aggregateLimit);
      if (left > 0) events.add(t, share * left, NO_CLAIM);
    }
  }
}

/** The terms of one claim, in their order: deductible or franchise, attachment, limit. */
function paymentFor(x: number, terms: Float64Array): number {
  const deductible = terms[TERM.deductible];
  const above = terms[TERM.franchise] === 1 ? (x > deductible ? x : 0) : Math.max(x - deductible, 0);
  return Math.min(Math.max(above - terms[TERM.attachment], 0), terms[TERM.limit]);
}

type Place = (line: number, stream: number, block: number, trials: number) => Claims;

/** Where the claims of a copy fall (docs/numerics.md, Placement). */
function placesOf(plan: Plan, compiled: CompiledPlan): Place {
  const random = uniformSource(plan.seed, plan.generator);
  const toCounts = countLookup(plan, compiled);
  const hasSizes = plan.lines.map((_, line) => compiled.counts[tableAt(line, SIZES) + COUNT.length] !== 0);
  const claims: Claims = { trials: new Uint16Array(BLOCK_TRIALS), length: 0, draws: 0 };
  let counts = new Float64Array(BLOCK_TRIALS);
  let hit = new Uint16Array(BLOCK_TRIALS);

  return (line, stream, block, trials) => {
    random.seek(stream, block, COUNTS);
    if (plan.lines[line].placement === "scatter") scatter(line);
    else perTrial(line, trials);
    return claims;
  };

  function perTrial(line: number, trials: number): void {
    random.fill(counts, trials);
    reserve(toCounts(line, PLACES, counts, trials));
    let at = 0;
    for (let t = 0; t < trials; t++) claims.trials.fill(t, at, (at += counts[t]));
    claims.draws = trials;
  }

  /** One uniform for the block's clusters, words for their trials, and a uniform each for their sizes if they have one. */
  function scatter(line: number): void {
    random.fill(counts, 1);
    const clusters = toCounts(line, PLACES, counts, 1);
    if (hit.length < clusters) [hit, counts] = [new Uint16Array(2 * clusters), new Float64Array(2 * clusters)];
    random.fillTrials(hit, clusters);
    claims.draws = 1 + Math.ceil(clusters / TRIALS_PER_WORD);
    if (hasSizes[line]) {
      random.fill(counts, clusters);
      reserve(toCounts(line, SIZES, counts, clusters));
      claims.draws += clusters;
    } else {
      reserve(clusters);
      counts.fill(1, 0, clusters);
    }
    let at = 0;
    for (let c = 0; c < clusters; c++) claims.trials.fill(hit[c], at, (at += counts[c]));
  }

  function reserve(length: number): void {
    if (claims.trials.length < length) claims.trials = new Uint16Array(2 * length);
    claims.length = length;
  }
}
