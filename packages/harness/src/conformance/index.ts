/** The tests that every Lossmill backend passes, for any test runner. */
export { type ConformanceOptions, conformance } from "./conformance.ts";
export type { TestRunner } from "./suite.ts";
