import { expect, test } from "vitest";
import { logTailRoot } from "../../src/math/log-tail-root.ts";

/** The upper tail e^−v of the exponential law at p = e^−5, whose root is 5, counted. */
function exponential(start: number): { root: number; steps: number } {
  let steps = 0;
  const root = logTailRoot(start, (v) => {
    steps++;
    return { excess: 5 - v, slope: -v, bend: 1 };
  });
  return { root, steps };
}

test.each([1e-30, 0.1, 4.9, 5, 6, 1e3, 1e30])("finds the root from %d", (start) => {
  const { root, steps } = exponential(start);
  expect(Math.abs(root - 5)).toBeLessThan(2e-15 * 5);
  expect(steps).toBeLessThan(60);
});

test("stays where it is at the ends of the doubles", () => {
  expect([exponential(0).root, exponential(Infinity).root]).toEqual([0, Infinity]);
});
