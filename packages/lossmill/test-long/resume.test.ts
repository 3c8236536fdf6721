import * as fc from "fast-check";
import { test } from "vitest";
import { checkCourse, courses } from "../test/interrupted.ts";
import { checkKilled } from "../test/killed.ts";

test("400 runs that are interrupted end as if they were not", async () => {
  await fc.assert(fc.asyncProperty(courses, checkCourse), { numRuns: 400 });
});

test.each([".csv", ".arrow", ".parquet"])("20 times kill -9, with a %s file", async (format) => {
  await checkKilled(format, 20);
});
