import { expect, test } from "vitest";
import { ratioInterval } from "../../src/gate/speed/interval.ts";
import { noise } from "./noise.ts";

const LEVEL = 0.95;

test("it is the mean of the processes' medians: a process with more pairs, or a pair that is far off, counts no more", () => {
  const interval = ratioInterval([[0.1, 0.1, 0.1, 0.1, 5], [0.3]], { level: LEVEL, seed: 1 });
  expect(interval.ratio).toBeCloseTo(Math.exp(0.2), 12);
  expect(interval.low).toBeLessThan(interval.ratio);
  expect(interval.high).toBeGreaterThan(interval.ratio);
});

test("the same seed gives the same interval", () => {
  const processes = noise(7).processes(6, 21, { ratio: 1.05, process: 0.02, pair: 0.1 });
  expect(ratioInterval(processes, { level: LEVEL, seed: 3 })).toEqual(
    ratioInterval(processes, { level: LEVEL, seed: 3 }),
  );
});

test("an interval covers the ratio about as often as it says, whatever the processes have of their own", () => {
  const runs = 100;
  const source = noise(11);
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const processes = source.processes(6, 11, { ratio: 1.05, process: 0.03, pair: 0.03 });
    const { low, high } = ratioInterval(processes, { level: LEVEL, seed: run });
    if (low <= 1.05 && 1.05 <= high) covered++;
  }
  console.log(`intervals that cover the ratio: ${covered} of ${runs}`);
  // 95 % less four standard errors.
  expect(covered).toBeGreaterThanOrEqual(86);
});
