import { backend as naive, kernel as naiveKernel } from "@lossmill/backend-naive";
import {
  type Backend,
  type BackendSettings,
  type Block,
  type Compute,
  type Kernel,
  type Losses,
  type Part,
  type Plan,
  blockAt,
  compile,
  inProcess,
} from "@lossmill/core";

/** A kernel and its backend, to be broken. */
export interface Whole {
  readonly kernel: Kernel;
  readonly backend: Backend;
}

const NAIVE: Whole = { kernel: naiveKernel, backend: naive };

/** Naive, or another, but for what `change` makes of its computation. */
export function changed(
  change: (compute: Compute, plan: Plan) => Compute,
  name = "broken",
  { kernel, backend }: Whole = NAIVE,
): Backend {
  const broken = {
    name,
    module: kernel.module,
    prepare: async (plan: Plan) => change(await kernel.prepare(plan, compile(plan)), plan),
  };
  return inProcess(broken, { agreement: backend.agreement, supports: backend.supports });
}

/** Naive, but for what `spoil` does to the losses of each block. */
export function spoiled(
  spoil: (out: Losses, block: Block, plan: Plan) => void,
  name = "broken",
  whole: Whole = NAIVE,
): Backend {
  return changed(
    (compute, plan) => (block, out) => {
      const draws = compute(block, out);
      spoil(out, block, plan);
      return draws;
    },
    name,
    whole,
  );
}

/** Naive, or another, given another plan than it was asked for. */
export function misled(mislead: (plan: Plan) => Plan, { kernel, backend }: Whole = NAIVE): Backend {
  const broken = {
    name: "broken",
    module: kernel.module,
    prepare: (plan: Plan) => kernel.prepare(mislead(plan), compile(mislead(plan))),
  };
  return inProcess(broken, { agreement: backend.agreement, supports: backend.supports });
}

/** Naive, with other terms. */
export function withTerms(
  change: (terms: Plan["lines"][number]["terms"]) => Partial<Plan["lines"][number]["terms"]>,
): Backend {
  return misled((plan) => ({
    ...plan,
    lines: plan.lines.map((line) => ({ ...line, terms: { ...line.terms, ...change(line.terms) } })),
  }));
}

/** Naive, with other parts than it makes. */
export function reparted(
  change: (parts: AsyncIterable<Part>, plan: Plan, settings: BackendSettings) => AsyncIterable<Part>,
  { backend }: Whole = NAIVE,
): Backend {
  return {
    ...backend,
    name: "broken",
    open: async (settings = {}) => {
      const simulator = await backend.open(settings);
      return {
        simulate: (plan, options) => change(simulator.simulate(plan, options), plan, settings),
        [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
      };
    },
  };
}

/** Every block is the first one. */
export const copied = (): Backend =>
  changed(
    (compute, plan) =>
      ({ start, end }, out) =>
        compute({ ...blockAt(0, plan.trials), end: end - start }, out),
  );

/** The last block is left as it was allocated. */
export const unfilled = (): Backend =>
  spoiled(({ total, maxOccurrence, claims }, block, plan) => {
    if (block.end === plan.trials) for (const losses of [total, maxOccurrence, claims]) losses.fill(0);
  });
