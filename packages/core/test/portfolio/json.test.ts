import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LossmillError } from "../../src/errors.ts";
import { readJson } from "../../src/portfolio/json.ts";

const parameters = { seed: 7, numRuns: 1_000 };

test("reads what JSON.stringify writes, with any indentation", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2, "\t"), (value, indentation) => {
      const text = JSON.stringify(value, null, indentation);
      expect(readJson(text)).toEqual(JSON.parse(text));
    }),
    parameters,
  );
});

test("accepts what JSON.parse accepts, but for keys given twice, and to the same value", () => {
  const token = fc.constantFrom(
    ...Array.from('{}[],:"\\ \n-+.01e'),
    "true",
    "null",
    "nul",
    '"a"',
    '"b"',
    "12",
    "1.5e-3",
    "\\u00e9",
    "\u007f",
    "\u0000",
  );
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(token, { maxLength: 9 }), (tokens) => {
      const text = tokens.join("");
      let expected: unknown = LossmillError;
      try {
        expected = JSON.parse(text);
      } catch {
        // Not JSON: readJson must say so too.
      }
      try {
        expect(readJson(text)).toEqual(expected);
        accepted += 1;
      } catch (error) {
        if (!(error instanceof LossmillError)) throw error;
        expect(error.message.includes("given twice") || expected === LossmillError, text).toBe(true);
      }
    }),
    { seed: 7, numRuns: 20_000 },
  );
  expect(accepted).toBeGreaterThan(500);
});

test("keeps every number to its last bit", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(readJson(Object.is(number, -0) ? "-0" : String(number))).toBe(number);
    }),
    parameters,
  );
});

test("keeps __proto__ a key like any other", () => {
  const value = readJson('{"__proto__":{"a":1},"b":2}') as object;
  expect(Object.keys(value)).toEqual(["__proto__", "b"]);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});
