import { expect, test } from "vitest";
import { LossmillError } from "../src/index.ts";

test("an error is known by what it is, whichever copy of core made it", async () => {
  const copy = (await import(`${import.meta.resolve("../src/errors.ts")}?copy`)) as {
    LossmillError: typeof LossmillError;
  };
  const error = new copy.LossmillError("BAD_PLAN", { place: "line a", message: "is wrong" });
  expect(copy.LossmillError).not.toBe(LossmillError);
  expect(error instanceof LossmillError).toBe(true);
  for (const other of [new Error("no"), null, "LossmillError", { name: "LossmillError", code: 1, faults: [] }]) {
    expect(other instanceof LossmillError).toBe(false);
  }
});
