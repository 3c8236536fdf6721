import {
  BLOCK_TRIALS,
  type CompiledPlan,
  type Compute,
  GENERATORS,
  type Kernel,
  type Losses,
  LossmillError,
  type Plan,
  ROOTS,
  SAMPLING_METHODS,
  type Sampler,
  areTotalsAlone,
  countLookup,
  holeFiller,
  inProcess,
  poissonModes,
  samplerOf,
  seedPool,
} from "@lossmill/core";
import { type Host, type Instance, instantiate } from "./instance.ts";

export const kernel: Kernel = {
  name: "wasm",
  module: import.meta.resolve("@lossmill/backend-wasm/kernel"),
  prepare,
  // Files and functions of assembly/, but for `kernel`: what the host does.
  stages: {
    // Tails too where words are drawn for them (pcg64/tails).
    random: ["streams", "pcg64", "tails"],
    counts: ["index/perTrial", "index/skip", "index/scatter", "places", "poisson", "counts", "kernel/search"],
    severities: ["claims", "amounts", "counts/steps", "kernel/fillHoles"],
    terms: ["claims/pay", "trials/settle", "tally/settleListed", "tally/settleAll"],
    // Scattered claims are paid while they are added (tally/payPacked).
    reduce: ["tally", "trials", "kernel/copyOut", "kernel/takePolicy"],
    other: ["index/compute", "index/claim"],
  },
};

/** The kernel in this thread. Bit for bit the vectorized backend. */
export const backend = inProcess(kernel, {
  agreement: 0,
  supports: {
    outputs: ["total", "maxOccurrence", "claims", "byPolicy"],
    placements: ["perTrial", "scatter", "skip"],
    samplings: SAMPLING_METHODS,
    generators: GENERATORS,
  },
});

const PAGE = 65_536;
const NONE = new Float64Array(0);
const NOT_HANDED = { counts: false, claims: false, payments: false };
/** As assembly/lines.ts numbers them. */
const PLACEMENTS = { perTrial: 0, scatter: 1, skip: 2 } as const;
/** 32-bit words of a Line there. */
const LINE_WORDS = 4;

/** Throws NOT_SUPPORTED where the machine's WebAssembly lacks SIMD or shared memory. */
async function prepare(plan: Plan, compiled: CompiledPlan): Promise<Compute> {
  const { memory } = compiled;
  const sampler = samplerOf(plan);
  const modes = poissonModes(plan, compiled);
  const { host, connect } = hostOf(plan, compiled, sampler, modes);
  const instance = memory === null ? null : instantiate(memory, host);
  if (memory === null || instance === null) {
    const message =
      "this machine's WebAssembly has no SIMD or no shared memory; backend vectorized gives the same bits";
    throw new LossmillError("NOT_SUPPORTED", { place: "backend wasm", message });
  }
  const lines = plan.lines.length;
  // Each instance has a part of its own of the memory that all share.
  const region = memory.grow(Math.ceil(instance.regionBytes(lines) / PAGE)) * PAGE;
  const { terms, scales, thresholds, curves, counts, severities, guide } = compiled;
  instance.configure(
    region,
    lines,
    plan.outputs.includes("byPolicy") ? 1 : 0,
    areTotalsAlone(plan) ? 1 : 0,
    terms.byteOffset,
    scales.byteOffset,
    thresholds.byteOffset,
    curves.byteOffset,
    counts.byteOffset,
    severities.byteOffset,
    guide.byteOffset,
  );
  const { pool, constant } = seedPool(plan.seed);
  instance.setSeed(plan.generator === "sfc64" ? 1 : 0, pool[0], pool[1], pool[2], pool[3], constant);
  writeRoots(new Uint32Array(memory.buffer, instance.rootsAt(), 2 * ROOTS.length));
  writeLines(plan, sampler, new Uint32Array(memory.buffer, instance.linesAt(), lines * LINE_WORDS));
  new Float64Array(memory.buffer, instance.linesAt() + 4 * lines * LINE_WORDS, modes.length).set(modes);
  return connect(instance, memory.buffer);
}

/** Core's roots, less what the kernel adds with a power's exponent: the number of the root, 43 places up. */
function writeRoots(words: Uint32Array): void {
  words.set(new Uint32Array(ROOTS.buffer, ROOTS.byteOffset, words.length));
  for (let j = 0; j < ROOTS.length; j++) words[2 * j + 1] -= j << 11;
}

function writeLines(plan: Plan, sampler: Sampler | null, rows: Uint32Array): void {
  plan.lines.forEach(({ placement, copies, firstStream }, i) => {
    const { counts, claims, payments } = sampler?.lines[i] ?? NOT_HANDED;
    const handed = Number(counts) + 2 * Number(claims) + 4 * Number(payments);
    const at = i * LINE_WORDS;
    rows[at] = PLACEMENTS[placement];
    rows[at + 1] = copies;
    rows[at + 2] = firstStream;
    rows[at + 3] = handed;
  });
}

/** What the instance asks of its host, and how the two are connected once there is an instance. */
function hostOf(plan: Plan, compiled: CompiledPlan, sampler: Sampler | null, modes: Float64Array) {
  const totalsAlone = areTotalsAlone(plan);
  const toCounts = countLookup(plan, compiled, modes);
  const fillHoles = holeFiller(plan, compiled);
  let places: Float64Array = NONE;
  let normals: Float64Array = NONE;
  let claims: Float64Array = NONE;
  let holes: Int32Array = new Int32Array(0);
  let trials: Uint16Array = new Uint16Array(0);
  let policy: Float64Array = NONE;
  let byPolicy: Float64Array | undefined;
  const host: Host = {
    search: (line, table, n) => void toCounts(line, table, places, n),
    fillHoles: (line, n) => fillHoles(line, normals, claims, holes, n),
    takePolicy: (line) => byPolicy?.set(policy, line * BLOCK_TRIALS),
    driveCounts: (line, copy, first, n) => sampler!.counts(line, copy, first, n, places),
    driveClaims: (line, copy, n) => sampler!.claims(line, copy, n, claims, trials),
    seePayments: (line, n) => sampler!.payments(line, n, claims, trials),
  };
  function connect(instance: Instance, buffer: SharedArrayBuffer): Compute {
    const chunk = instance.chunk();
    places = new Float64Array(buffer, instance.placesAt(), chunk);
    normals = new Float64Array(buffer, instance.normalsAt(), chunk);
    claims = new Float64Array(buffer, instance.claimsAt(), chunk);
    holes = new Int32Array(buffer, instance.holesAt(), chunk);
    trials = new Uint16Array(buffer, instance.trialsAt(), chunk);
    policy = new Float64Array(buffer, instance.policyAt(), BLOCK_TRIALS);
    const [total, maxOccurrence, paying] = [0, 1, 2].map(
      (i) => new Float64Array(buffer, instance.outAt() + i * BLOCK_TRIALS * 8, BLOCK_TRIALS),
    );
    const copyOut = (out: Losses) => {
      out.total.set(total);
      if (totalsAlone) return;
      out.maxOccurrence.set(maxOccurrence);
      out.claims.set(paying);
    };
    return (block, out) => {
      byPolicy = out.byPolicy;
      sampler?.begin(block.index);
      const draws = instance.compute(block.index, block.end - block.start);
      copyOut(out);
      sampler?.finish(out);
      return draws;
    };
  }
  return { host, connect };
}
