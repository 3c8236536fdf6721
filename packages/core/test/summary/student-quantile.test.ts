import { expect, test } from "vitest";
import { studentQuantile975 } from "../../src/summary/student-quantile.ts";
import { relativeError } from "./vectors.ts";

// Roots of betainc(df / 2, 1/2, 0, df / (df + t²)) = 1/20, by mpmath at 30 digits, rounded once.
test.each([
  [1, 12.706204736174705],
  [2, 4.302652729749464],
  [3, 3.1824463052837095],
  [7, 2.3646242515927853],
  [15, 2.1314495455597755],
  [29, 2.0452296421327043],
  [4095, 1.9605434621072308],
  [10_000_000, 1.9599642217672055],
])("%d degrees of freedom", (degrees, exact) => {
  expect(relativeError(studentQuantile975(degrees), exact)).toBeLessThan(2e-15);
});
