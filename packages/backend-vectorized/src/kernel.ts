/**
 * The kernel in plain TypeScript that works an array at a time: line by line, copy by copy, a chunk of claims through one
 * short pass after the other. It knows no law: everything about laws and counts is in the compiled plan.
 */
import {
  AMOUNTS,
  BLOCK_TRIALS,
  type CompiledPlan,
  type Compute,
  type CountLookup,
  FORM,
  type FillHoles,
  GENERATORS,
  type Kernel,
  type Plan,
  SAMPLING_METHODS,
  SCALE,
  SEVERITIES,
  SEVERITY,
  TERM,
  areTotalsAlone,
  countLookup,
  holeFiller,
  listHoles,
  inProcess,
  samplerOf,
  uniformSource,
} from "@lossmill/core";
import {
  chunk,
  metHole,
  takeNormalTable,
  takeUniforms,
  toAmounts,
  toCurve,
  toLine,
  toNormals,
  toQuantiles,
  toSteps,
  toTails,
} from "./amounts.ts";
import { paymentPasses } from "./payments.ts";
import { type DriveCounts, placesOf } from "./places.ts";
import {
  addToPolicy,
  addToSums,
  addToSumsAlone,
  addToTotals,
  addToTrials,
  clear,
  copyTo,
  listTouched,
  settleCopy,
} from "./tally.ts";
import type { Pass, Work } from "./work.ts";

export const kernel: Kernel = {
  name: "vectorized",
  module: import.meta.resolve("@lossmill/backend-vectorized/kernel"),
  prepare,
  stages: {
    counts: ["places"],
    severities: ["amounts", "kernel/toNumbers", "kernel/fill"],
    terms: ["payments", "tally/settleCopy", "tally/settle"],
    reduce: ["tally"],
    other: ["kernel/takeClaims"],
  },
};

/** The kernel in this thread. Bit for bit the backend wasm. */
export const backend = inProcess(kernel, {
  agreement: 0,
  supports: {
    outputs: ["total", "maxOccurrence", "claims", "byPolicy"],
    placements: ["perTrial", "scatter", "skip"],
    samplings: SAMPLING_METHODS,
    generators: GENERATORS,
  },
});

async function prepare(plan: Plan, compiled: CompiledPlan): Promise<Compute> {
  takeNormalTable(compiled.curves);
  const toCounts = countLookup(plan, compiled);
  const fillHoles = holeFiller(plan, compiled);
  const severities = uniformSource(plan.seed, plan.generator);
  const sampler = samplerOf(plan);
  const totalsAlone = areTotalsAlone(plan);
  const works = plan.lines.map((_, i) => workOf(compiled, i, severities.uniforms));
  const settles = works.map(
    ({ terms }) => terms[TERM.aggregateDeductible] > 0 || terms[TERM.aggregateLimit] < Infinity,
  );
  const passes = works.map((work, i) => [
    ...amountPasses(compiled, i, toCounts, fillHoles),
    ...paymentPasses(work.terms),
    ...(sampler?.lines[i].payments ? [see] : []),
    ...(settles[i]
      ? [listTouched, totalsAlone ? addToSumsAlone : addToSums]
      : [totalsAlone ? addToTotals : addToTrials]),
  ]);
  const drive: DriveCounts = (index, first, n, uniforms) => {
    if (sampler?.lines[index].counts) sampler.counts(index, copy, first, n, uniforms);
  };
  const places = placesOf(
    compiled,
    toCounts,
    uniformSource(plan.seed, plan.generator),
    uniformSource(plan.seed, plan.generator),
    drive,
    takeClaims,
  );

  // The copy in hand.
  let byPolicy: Float64Array | undefined;
  let line = 0;
  let copy = 0;
  let draws = 0;

  return (block, losses) => {
    clear();
    sampler?.begin(block.index);
    byPolicy = losses.byPolicy;
    byPolicy?.fill(0);
    draws = 0;
    for (line = 0; line < plan.lines.length; line++) {
      const planned = plan.lines[line];
      for (copy = 0; copy < planned.copies; copy++) {
        const stream = planned.firstStream + copy;
        severities.seek(stream, block.index, SEVERITIES);
        // Not `draws +=` at once: takeClaims adds to it meanwhile.
        const drawn = places.draw(planned, line, stream, block.index, block.end - block.start);
        draws += drawn;
        if (settles[line]) settleCopy(works[line], byPolicy, line * BLOCK_TRIALS);
      }
    }
    copyTo(losses, totalsAlone);
    sampler?.finish(losses);
    return draws;
  };

  /** Shows the payments of a chunk to the plan's sampling. */
  function see(n: number, _work: Work, trials: Uint16Array): void {
    sampler!.payments(line, n, chunk.claims, trials);
  }

  /** Computes the amounts of the copy's next `n` claims and adds what is paid for them to their trials. */
  function takeClaims(n: number, trials: Uint16Array): void {
    draws += n;
    severities.draw(n);
    const work = works[line];
    if (sampler?.lines[line].claims) sampler.claims(line, copy, n, work.uniforms, trials);
    const list = passes[line];
    for (let i = 0; i < list.length; i++) list[i](n, work, trials);
    if (byPolicy && !settles[line]) addToPolicy(byPolicy, line * BLOCK_TRIALS, n, work, trials);
  }
}

function workOf({ curves, scales, severities, terms }: CompiledPlan, line: number, uniforms: Float64Array): Work {
  return {
    uniforms,
    scale: scales.subarray(line * SCALE.fields, (line + 1) * SCALE.fields),
    rows: curves.subarray(severities[line * SEVERITY.fields + SEVERITY.start]),
    terms: terms.subarray(line * TERM.fields, (line + 1) * TERM.fields),
  };
}

/** What makes of a line's uniforms ground-up amounts. */
function amountPasses({ severities }: CompiledPlan, line: number, toCounts: CountLookup, fillHoles: FillHoles): Pass[] {
  const form = severities[line * SEVERITY.fields + SEVERITY.form];
  const { claims, normals, holes } = chunk;
  const toNumbers: Pass = (n) => void toCounts(line, AMOUNTS, claims, n);
  if (form === FORM.steps) return [takeUniforms, toNumbers, toSteps];
  if (form === FORM.quantile) return [toTails, toQuantiles];
  if (form === FORM.line) return [toTails, toNormals, toLine, toAmounts];
  const fill: Pass = (n) => metHole() && fillHoles(line, normals, claims, holes, listHoles(holes, claims, n));
  return [toTails, toNormals, toCurve, toAmounts, fill];
}
