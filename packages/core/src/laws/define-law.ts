import { z } from "zod";
import { sumOf } from "../math/fold.ts";

/**
 * A law as a portfolio names it: its JSON form with the allowed values of each parameter, and what makes it computable.
 * One law a file; `counts/index.ts` and `severities/index.ts` list them.
 */
export interface LawDefinition<Spec, Law> {
  readonly schema: z.ZodType<Spec>;
  make(spec: Spec): Law;
}

/** A complaint about parameters that are each allowed but not together: [parameter, what is wrong]. */
export type Complaint = readonly [parameter: string, message: string];

/**
 * Defines the law `name` with `parameters` (zod fields). `check` returns complaints about combinations of parameters,
 * e.g. a mode outside [min, max]; it is only called when every parameter alone is allowed.
 */
export function defineLaw<const Name extends string, Shape extends z.ZodRawShape, Law>(
  name: Name,
  parameters: Shape,
  make: (spec: z.infer<z.ZodObject<Shape>>) => Law,
  check: (spec: z.infer<z.ZodObject<Shape>>) => readonly Complaint[] = () => [],
) {
  const schema = z.strictObject({ law: z.literal(name), ...parameters }).check((context) => {
    // zod goes on to here after complaints about single parameters; a law must not be made of those.
    if (context.issues.length > 0) return;
    for (const [parameter, message] of check(context.value as z.infer<z.ZodObject<Shape>>)) {
      context.issues.push({ code: "custom", input: context.value, path: [parameter], message });
    }
  });
  return { name, schema, make };
}

/** Any finite number. */
export const real = () => z.number();
/** A finite number > 0. */
export const positive = () => z.number().positive();
/** A finite number >= 0. */
export const nonNegative = () => z.number().nonnegative();
/** A probability in [0, 1]. */
export const probability = () => z.number().min(0).max(1);
/** A probability in (0, 1]. */
export const positiveProbability = () => z.number().positive().max(1);
/** A probability in (0, 1). */
export const openProbability = () => z.number().positive().lt(1);
/** Relative weights: at least one, none negative; they are divided by their sum. */
export const weights = () => z.array(nonNegative()).min(1).max(100_000);
/** A list of finite numbers. */
export const reals = () => z.array(real()).min(1).max(100_000);

/** Complaints about `weights` that do not match what they weigh, or that add up to nothing. */
export function checkWeights(weighed: string, count: number, given: readonly number[]): Complaint[] {
  const complaints: Complaint[] = [];
  if (given.length !== count) {
    complaints.push(["weights", `needs one weight for each of the ${count} ${weighed}, found ${given.length}`]);
  }
  if (!(sumOf(given) > 0)) complaints.push(["weights", "must not all be 0"]);
  return complaints;
}
