import { z } from "zod";
import { type Complaint, defineLaw, positiveProbability } from "../define-law.ts";
import { completeLaw } from "./complete-law.ts";
import type { CountBase } from "./count-base.ts";
import { checkZero, modifyZero, type ZeroSpec, zeroModifiers } from "./zero.ts";

/** The largest expected number of claims that a policy may have in a year. */
const MOST_CLAIMS = 1e9;

/** Defines the count law `name`: like `defineLaw`, with the zero modifiers that every count law may carry. */
export function defineCount<const Name extends string, Shape extends z.ZodRawShape>(
  name: Name,
  parameters: Shape,
  make: (spec: z.infer<z.ZodObject<Shape>>) => CountBase,
  check: (spec: z.infer<z.ZodObject<Shape>>) => readonly Complaint[] = () => [],
) {
  type Own = z.infer<z.ZodObject<Shape>>;
  return defineLaw(
    name,
    { ...parameters, ...zeroModifiers },
    (spec) => completeLaw(modifyZero(spec as ZeroSpec, make(spec as Own))),
    (spec) => {
      const complaints = check(spec as Own);
      return complaints.length > 0 ? complaints : checkZero(spec as ZeroSpec, () => make(spec as Own));
    },
  );
}

/** A complaint about `parameter` where the law's mean is above 1e9 claims a year. */
export function checkMean(parameter: string, mean: number): Complaint[] {
  if (mean <= MOST_CLAIMS) return [];
  return [[parameter, `gives a mean of ${mean} claims a year; at most ${MOST_CLAIMS} is allowed`]];
}

/** A whole number of claims or exposures, from 0 to 1e15: whole numbers of this size are exact doubles. */
export const wholeNumber = () => z.number().int().nonnegative().max(1e15);

/**
 * A probability of success in [1e-12, 1]: below it the counts of a law that waits for successes spread so far that
 * whole numbers are no longer exact doubles.
 */
export const successProbability = () => positiveProbability().min(1e-12);
