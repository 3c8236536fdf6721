import {
  type ErrorCode,
  GENERATORS,
  type GeneratorName,
  LossmillError,
  type Output,
  type Placement,
  type Plan,
  SAMPLING_METHODS,
  type Sampling,
} from "@lossmill/core";
import { bestPlan, frozen, planOf, withSupported } from "./book.ts";
import { bookNamed } from "./books.ts";
import { mismatch } from "./mismatch.ts";
import type { Suite } from "./suite.ts";

const OUTPUTS: readonly Output[] = ["total", "maxOccurrence", "claims", "byPolicy"];
const PLACEMENTS: readonly Placement[] = ["perTrial", "scatter", "skip"];

/** What a backend does not support, or nobody does, it refuses with a typed error, and computes nothing. */
export function refusals(suite: Suite): void {
  const { test, backend } = suite;
  const { supports } = backend;
  const plan = () => bestPlan(bookNamed("4,096 trials"), supports);

  // Outputs, placements, samplings and generators that there are not are asked for as well: what is not understood is never ignored.
  for (const output of [...OUTPUTS, "byWeather" as Output]) {
    if (supports.outputs.includes(output)) continue;
    test(`no output ${output}: refused`, () =>
      refused(suite, { ...plan(), outputs: ["total", output] }, "NOT_SUPPORTED", /^outputs/));
  }
  for (const placement of [...PLACEMENTS, "anywhere" as Placement]) {
    if (supports.placements.includes(placement)) continue;
    test(`no placement ${placement}: refused`, () =>
      refused(suite, placed(plan(), placement), "NOT_SUPPORTED", /^lines\[0\]/));
  }
  for (const method of [...SAMPLING_METHODS, "byMoon"]) {
    if (supports.samplings?.some((one) => one === method)) continue;
    test(`no sampling ${method}: refused`, () =>
      refused(suite, { ...plan(), sampling: samplingBy(method) }, "NOT_SUPPORTED", /^sampling/));
  }
  for (const generator of [...GENERATORS, "byDice" as GeneratorName]) {
    if ((supports.generators ?? ["pcg64"]).includes(generator)) continue;
    test(`no generator ${generator}: refused`, () =>
      refused(suite, { ...plan(), generator }, "NOT_SUPPORTED", /^generator/));
  }
  test("a count law that cannot be scattered, where it is told to be: refused", async () => {
    const fixed = { name: "fixed", policies: () => [FIXED], trials: 1 };
    const wrong = placed(withSupported(planOf(fixed, 0), supports), "scatter");
    const code = supports.placements.includes("scatter") ? "BAD_PLAN" : "NOT_SUPPORTED";
    await refused(suite, wrong, code, /line/);
  });
}

const FIXED = { frequency: { law: "fixed", n: 1 }, severity: { law: "constant", value: 1 } };

/** A sampling with all that any method has. */
function samplingBy(method: string): Sampling {
  return { method, replicates: 16, ratios: [1, 2] } as Sampling;
}

/** The plan with its first line placed otherwise. */
function placed(plan: Plan, placement: Placement): Plan {
  return { ...plan, lines: plan.lines.map((line, i) => (i === 0 ? { ...line, placement } : line)) };
}

async function refused({ simulator }: Suite, plan: Plan, code: ErrorCode, place: RegExp): Promise<void> {
  const due = `LossmillError ${code} at ${place.source}`;
  try {
    for await (const { block } of (await simulator()).simulate(frozen(plan)))
      throw mismatch("parts", due, `block ${block.index}`);
  } catch (error) {
    const isTyped = error instanceof LossmillError;
    if (isTyped && error.code === code && place.test(error.faults[0].place)) return;
    if (!isTyped && error instanceof Error && error.name === "LossmillError") {
      throw mismatch(
        "the error",
        "that of this @lossmill/core",
        "one of another copy of it: make core a peer dependency",
      );
    }
    throw error instanceof Error && error.message.startsWith("parts:") ? error : mismatch("the error", due, error);
  }
  throw mismatch("the error", due, "none");
}
