import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeCoverage } from "node:v8";
import { afterAll } from "vitest";

// What the machine was tuned to, and what its owner's environment asks for, is not what tests are about.
process.env["XDG_CONFIG_HOME"] = join(tmpdir(), "lossmill-untuned");
for (const name of Object.keys(process.env)) if (name.startsWith("LOSSMILL_")) delete process.env[name];

// Texts are compared without colours, wherever the tests run.
process.env["NO_COLOR"] = "1";
delete process.env["FORCE_COLOR"];

// vitest ends its processes before Node has written their coverage, so each test file writes its own.
afterAll(() => {
  if (process.env["NODE_V8_COVERAGE"]) takeCoverage();
});
