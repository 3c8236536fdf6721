import { describe, expect, test } from "vitest";
import { checkSupport } from "../src/check-support.ts";
import type { Supports } from "../src/contract.ts";
import { SAMPLING_METHODS, type Sampling } from "../src/sampling/sampling.ts";
import { smallPlan } from "./small-plan.ts";

const plan = smallPlan(10, ["total", "claims"]);
const supports: Supports = { outputs: ["total", "claims"], placements: ["perTrial"] };

const samplingOf = (method: (typeof SAMPLING_METHODS)[number]): Sampling => {
  return { replicates: 2, ratios: [1], method };
};

function refusal(of: Supports, sampling?: Sampling): unknown {
  try {
    checkSupport("mine", of, sampling === undefined ? plan : { ...plan, sampling });
  } catch (error) {
    return error;
  }
  return null;
}

const at = (place: string, message: string) =>
  expect.objectContaining({ code: "NOT_SUPPORTED", faults: [{ place, message }] }) as unknown;

test("what is supported is not refused", () => expect(refusal(supports)).toBe(null));

describe.each(SAMPLING_METHODS)("sampling %s", (method) => {
  test("is refused by a backend that names no samplings", () => {
    expect(refusal(supports, samplingOf(method))).toEqual(
      at("sampling", `backend mine has no sampling ${method}; it has none`),
    );
  });

  test("is refused by one that has the others only", () => {
    const samplings = SAMPLING_METHODS.filter((other) => other !== method);
    const message = `backend mine has no sampling ${method}; it has ${samplings.join(", ")}`;
    expect(refusal({ ...supports, samplings }, samplingOf(method))).toEqual(at("sampling", message));
  });

  test("is not refused by one that has it", () => {
    expect(refusal({ ...supports, samplings: [method] }, samplingOf(method))).toBe(null);
  });
});

describe("generator sfc64", () => {
  const refusedBy = (generators?: Supports["generators"]) => {
    try {
      checkSupport("mine", { ...supports, ...(generators && { generators }) }, { ...plan, generator: "sfc64" });
    } catch (error) {
      return error;
    }
    return null;
  };

  test("is refused by a backend that names no generators, or the other one", () => {
    const message = "backend mine has no generator sfc64; it has pcg64";
    expect(refusedBy()).toEqual(at("generator", message));
    expect(refusedBy(["pcg64"])).toEqual(at("generator", message));
  });

  test("is not refused by one that has it", () => expect(refusedBy(["pcg64", "sfc64"])).toBe(null));
});

test("outputs and placements are refused where they are", () => {
  expect(refusal({ ...supports, outputs: ["total"] })).toEqual(
    at("outputs", "backend mine has no output claims; it has total"),
  );
  expect(refusal({ ...supports, placements: ["skip", "scatter"] })).toEqual(
    at("lines[0].placement", "backend mine has no placement perTrial; it has skip, scatter"),
  );
});
