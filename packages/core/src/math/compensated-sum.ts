import { sumError } from "./rounding-error.ts";

/** The sum of all values, with the rounding errors added up beside it (Neumaier 1974). */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let errors = 0;
  for (let i = 0; i < values.length; i++) {
    const next = total + values[i];
    errors += sumError(total, values[i], next);
    total = next;
  }
  return total + errors;
}
