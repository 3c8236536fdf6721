import { expect, test } from "vitest";
import { example, lossmill } from "./command.ts";

test.each(["excess-layers.json", "property-500.csv"])("%s is simulated as its exact answer says", async (name) => {
  const { code, stdout } = await lossmill(["verify", example(name), "--trials", "8192", "--seed", "1"]);
  expect([code, stdout.split("\n").at(-2)]).toEqual([0, expect.stringMatching(/ 0 failed: passed$/)]);
});
