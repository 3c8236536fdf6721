import { takeCoverage } from "node:v8";
import { afterAll } from "vitest";

// vitest ends its processes before Node has written their coverage, so each test file writes its own.
afterAll(() => {
  if (process.env["NODE_V8_COVERAGE"]) takeCoverage();
});
