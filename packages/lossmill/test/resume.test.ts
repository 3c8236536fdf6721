import fc from "fast-check";
import { test } from "vitest";
import { checkCourse, courses } from "./interrupted.ts";

test("whatever happens to a run, and whoever goes on with it: the figures and the file of one that nothing happened to", async () => {
  await fc.assert(fc.asyncProperty(courses, checkCourse), { numRuns: 20, endOnFailure: true });
});
