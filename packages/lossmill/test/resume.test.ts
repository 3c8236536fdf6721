import * as fc from "fast-check";
import { test } from "vitest";
import { type Course, checkCourse, courses } from "./interrupted.ts";
import { checkKilled } from "./killed.ts";

/** Saved in the midst of a file, killed, stopped, and gone on with by others. */
const examples = ([".csv", ".arrow", ".parquet"] as const).map((format, i): [Course] => [
  {
    kernel: "vectorized",
    format,
    byPolicy: true,
    until: undefined,
    trials: 30_000,
    legs: [
      { workers: 1, batchTrials: "auto", saves: [2, 3], end: { how: "kill", after: 4 } },
      { workers: 1 + i, batchTrials: 5000, saves: [], end: { how: "signal", after: 2 } },
      { workers: 1, batchTrials: "auto", saves: [1], end: { how: "kill", after: 1 } },
    ],
  },
]);

test("whatever happens to a run, and whoever goes on with it: the figures and the file of one that nothing happened to", async () => {
  await fc.assert(fc.asyncProperty(courses, checkCourse), { numRuns: 14, examples, endOnFailure: true });
});

test.each([".csv", ".arrow", ".parquet"])("kill -9, with a %s file", async (format) => {
  await checkKilled(format, 2);
});
