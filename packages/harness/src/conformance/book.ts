import {
  type Backend,
  type Collected,
  type GeneratorName,
  type OptimizationLevel,
  type Output,
  type Plan,
  type Portfolio,
  type Simulator,
  type BackendSettings,
  type Supports,
  checkPortfolio,
  collect,
  makePlan,
} from "@lossmill/core";

/** A book that backends are tried on, and how. */
export interface Book {
  readonly name: string;
  /** As a portfolio has them, without ids. */
  readonly policies: () => readonly object[];
  readonly trials: number;
  /** PCG64 unless told. */
  readonly generator?: GeneratorName;
  readonly outputs?: readonly Output[];
}

/** All books have it, so that runs of another length have the same bits on the trials that they share. */
const HORIZON = 65_536;
const SEED = "20270101";

/** By what makes their policies: books are asked for again and again, and to check 10,000 policies takes a while. */
const checked = new WeakMap<Book["policies"], Portfolio>();

/** A book's portfolio. Without policies it is none that a file may hold, but a plan may have no lines. */
export function portfolioOf({ name, policies }: Pick<Book, "name" | "policies">): Portfolio {
  const known = checked.get(policies);
  if (known !== undefined) return known;
  const whole = policies().map((policy, i) => ({ id: `p${i}`, ...policy }));
  const portfolio =
    whole.length === 0 ? { name, currency: "EUR", policies: [] } : checkPortfolio({ name, policies: whole });
  checked.set(policies, portfolio);
  return portfolio;
}

export const THREE: readonly Output[] = ["total", "maxOccurrence", "claims"];

/** The plan of a book at a level. It cannot be changed, as no backend may do so. */
export function planOf(book: Book, level: OptimizationLevel): Plan {
  const { trials, generator, outputs = THREE } = book;
  return frozen(
    makePlan(portfolioOf(book), {
      trials,
      seed: SEED,
      generator,
      horizon: HORIZON,
      outputs,
      optimizationLevel: level,
    }),
  );
}

/** The plan of a book at the highest level that a backend supports, with those of its outputs that it has. */
export function bestPlan(book: Book, supports: Supports): Plan {
  const plan = withSupported(planOf(book, 3), supports);
  return whyNot(plan, supports) === null ? plan : withSupported(planOf(book, 0), supports);
}

/** The plan with those of its outputs that a backend has. */
export function withSupported(plan: Plan, supports: Supports): Plan {
  return frozen({ ...plan, outputs: plan.outputs.filter((output) => supports.outputs.includes(output)) });
}

/** Why a backend does not run a plan, in the words of a skipped test; null where it does. */
export function whyNot(
  plan: Pick<Plan, "outputs" | "sampling" | "generator" | "lines">,
  supports: Supports,
): string | null {
  const { outputs, sampling, generator, lines } = plan;
  const output = outputs.find((one) => !supports.outputs.includes(one));
  if (output !== undefined) return `no output ${output}`;
  if (sampling && !supports.samplings?.includes(sampling.method)) return `no sampling ${sampling.method}`;
  if (generator && !supports.generators?.includes(generator)) return `no generator ${generator}`;
  const line = lines.find(({ placement }) => !supports.placements.includes(placement));
  return line === undefined ? null : `no placement ${line.placement}`;
}

/** A whole run, by a simulator of its own. */
export async function runWhole(backend: Backend, plan: Plan, settings?: BackendSettings): Promise<Collected> {
  await using simulator = await backend.open(settings);
  return await collectAsked(plan, simulator);
}

/** A whole run with the losses that the plan asks for; what the arrays of others hold means nothing, and is left out. */
export async function collectAsked(plan: Plan, simulator: Simulator): Promise<Collected> {
  const run = await collect(plan, simulator.simulate(plan));
  const asked = (output: "total" | "maxOccurrence" | "claims") =>
    plan.outputs.includes(output) ? run.losses[output] : run.losses[output].subarray(0, 0);
  const [total, maxOccurrence, claims] = [asked("total"), asked("maxOccurrence"), asked("claims")];
  return { ...run, losses: { ...run.losses, total, maxOccurrence, claims } };
}

/** What cannot be changed, all the way down. */
export function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
