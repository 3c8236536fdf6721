import { readFileSync } from "node:fs";
import { expect } from "vitest";

type Argument = number | "lower" | "upper";
/** A function, its arguments and its value (for betaQuantile: x and y), as tools/reference/special-functions.py wrote it. */
type Row = readonly [name: string, args: readonly Argument[], value: number | readonly number[]];

const fixture = JSON.parse(
  readFileSync(new URL("../../../../fixtures/special-functions.json", import.meta.url), "utf8"),
) as { rows: readonly Row[] };

/** |computed / expected − 1|; 0 where both are the same, also not finite or 0; NaN counts as infinitely far. */
export function relativeError(computed: number, expected: number): number {
  if (Object.is(computed, expected) || computed === expected) return 0;
  const error = Math.abs(computed / expected - 1);
  return Number.isNaN(error) ? Infinity : error;
}

/** Checks that all the rows of a function keep its promised relative error, and prints the worst. */
export function expectPromise(
  name: string,
  promise: number,
  evaluate: (...args: never[]) => number | readonly number[],
  scale: (args: readonly Argument[], value: number) => number = () => 1,
): void {
  let worst = -1;
  let where = "";
  let count = 0;
  for (const [row, args, value] of fixture.rows) {
    if (row !== name) continue;
    count++;
    const computed = [evaluate(...(args as never[]))].flat();
    [value].flat().forEach((expected, i) => {
      const error = relativeError(computed[i], expected) / Math.max(1, scale(args, expected));
      if (error > worst) {
        worst = error;
        where = `(${args.join(", ")}) = ${expected}, found ${computed[i]}`;
      }
    });
  }
  console.log(`${name}: worst relative error of ${count} values ${worst.toExponential(2)} at ${where}`);
  expect(count).toBeGreaterThan(0);
  expect(worst, where).toBeLessThanOrEqual(promise);
}
