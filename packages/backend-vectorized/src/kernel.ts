/**
 * The kernel in plain TypeScript that works an array at a time: line by line, copy by copy, a chunk of claims through one
 * short pass after the other. It knows no law: everything about laws and counts is in the compiled plan.
 */
import {
  AMOUNTS,
  BLOCK_TRIALS,
  type CompiledPlan,
  type Compute,
  FORM,
  type Kernel,
  type Losses,
  type Plan,
  SCALE,
  SEVERITIES,
  SEVERITY,
  TERM,
  countLookup,
  holeFiller,
  inProcess,
  uniformSource,
} from "@lossmill/core";
import { curveAmounts, emptyChunk, lineAmounts, lookUp, quantiles, toTails } from "./amounts.ts";
import { pay } from "./payments.ts";
import { placesOf } from "./places.ts";
import { addToPolicy, addToSums, addToTrials, settle } from "./tally.ts";

export const kernel: Kernel = { name: "vectorized", module: import.meta.url, prepare };

/** The kernel in this thread. Bit for bit the backend wasm. */
export const backend = inProcess(kernel, {
  agreement: 0,
  supports: {
    outputs: ["total", "maxOccurrence", "claims", "byPolicy"],
    placements: ["perTrial", "scatter", "skip"],
  },
});

const EVERY_TRIAL = Uint16Array.from({ length: BLOCK_TRIALS }, (_, t) => t);

async function prepare(plan: Plan, compiled: CompiledPlan): Promise<Compute> {
  const { curves, scales, severities: severityRows } = compiled;
  const toCounts = countLookup(plan, compiled);
  const fillHoles = holeFiller(plan, compiled);
  const severities = uniformSource(plan.seed);
  const chunk = emptyChunk();
  const { claims, normals } = chunk;
  const sums = new Float64Array(BLOCK_TRIALS);
  const rows = plan.lines.map((_, i) => compiled.terms.subarray(i * TERM.fields, (i + 1) * TERM.fields));
  const hasAggregate = rows.map((row) => row[TERM.aggregateDeductible] > 0 || row[TERM.aggregateLimit] < Infinity);

  // The copy in hand.
  let out: Losses;
  let line = 0;
  let chunks = 0;
  let lastChunk = 0;
  let draws = 0;

  const places = placesOf(compiled, toCounts, uniformSource(plan.seed), uniformSource(plan.seed), takeClaims);
  const { trials } = places;

  return (block, losses) => {
    out = losses;
    out.total.fill(0);
    out.maxOccurrence.fill(0);
    out.claims.fill(0);
    out.byPolicy?.fill(0);
    draws = 0;
    for (line = 0; line < plan.lines.length; line++) {
      const planned = plan.lines[line];
      for (let copy = 0; copy < planned.copies; copy++) {
        const stream = planned.firstStream + copy;
        severities.seek(stream, block.index, SEVERITIES);
        chunks = 0;
        const drawn = places.draw(planned, line, stream, block.index, block.end - block.start);
        draws += drawn;
        if (hasAggregate[line] && chunks > 0) settleCopy();
      }
    }
    return draws;
  };

  /** Computes the amounts of the copy's next `n` claims, whose trials are listed, and adds what is paid for them. */
  function takeClaims(n: number): void {
    chunks++;
    lastChunk = n;
    draws += n;
    severities.fill(claims, n);
    toAmounts(n);
    const terms = rows[line];
    const share = terms[TERM.insurerShare];
    pay(claims, n, terms);
    if (hasAggregate[line]) return addToSums(out, sums, claims, trials, n, share);
    addToTrials(out, claims, trials, n, share);
    if (out.byPolicy) addToPolicy(out.byPolicy, line * BLOCK_TRIALS, claims, trials, n, share);
  }

  /** Uniforms to ground-up amounts. */
  function toAmounts(n: number): void {
    const at = line * SEVERITY.fields;
    const form = severityRows[at + SEVERITY.form];
    const start = severityRows[at + SEVERITY.start];
    if (form === FORM.steps) {
      toCounts(line, AMOUNTS, claims, n);
      for (let i = 0; i < n; i++) claims[i] = curves[start + claims[i]];
      return;
    }
    toTails(chunk, n, scales[line * SCALE.fields + SCALE.share]);
    if (form === FORM.quantile) return quantiles(chunk, n, curves, start);
    lookUp(chunk, n, curves);
    const offset = scales[line * SCALE.fields + SCALE.offset];
    const slope = scales[line * SCALE.fields + SCALE.slope];
    if (form === FORM.line) return lineAmounts(chunk, n, offset, slope);
    if (curveAmounts(chunk, n, curves, start, offset, slope)) fillHoles(line, normals, claims, n);
  }

  /** Adds what the copy's sums pay after the terms of the year; of a long copy the list of trials is not all of them. */
  function settleCopy(): void {
    if (chunks === 1) settle(out, sums, trials, lastChunk, rows[line], line);
    else settle(out, sums, EVERY_TRIAL, BLOCK_TRIALS, rows[line], line);
  }
}
