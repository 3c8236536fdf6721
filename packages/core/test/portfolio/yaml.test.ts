import * as fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { readYaml } from "../../src/portfolio/yaml.ts";

const parameters = { seed: 7, numRuns: 500 };

test("reads JSON, which YAML includes", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const text = JSON.stringify(value);
      expect(readYaml(text)).toEqual(JSON.parse(text));
    }),
    parameters,
  );
});

test("reads what a YAML writer writes", () => {
  const value = fc.dictionary(
    fc.string(),
    fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.boolean(), fc.array(fc.integer())),
  );
  fc.assert(
    fc.property(value, (written) => {
      expect(readYaml(stringify(written, { aliasDuplicateObjects: false }))).toEqual({ ...written });
    }),
    parameters,
  );
});

test.each([
  ["quoted marks are text", "a: '&x'\nb: \"*y\"\nc: '!z'", { a: "&x", b: "*y", c: "!z" }],
  ["marks within a block are text", "a: |\n  &x\n  *y\n  !z\n", { a: "&x\n*y\n!z\n" }],
  ["marks in a comment are nothing", "a: 1 # &x *y !z\n", { a: 1 }],
  ["words of YAML 1.1 are text", "{a: yes, b: on, c: 012_3, d: 1:30}", { a: "yes", b: "on", c: "012_3", d: "1:30" }],
  ["core numbers", "[0x10, 0o17, 1e3, -.5, +2]", [16, 15, 1000, -0.5, 2]],
  ["YAML 1.2 may be said", "%YAML 1.2\n---\na: 1\n...\n", { a: 1 }],
  ["a key without a value", "{a, b: }", { a: null, b: null }],
  ["lists at the indentation of their key", "a:\n- 1\n- b: 2\n", { a: [1, { b: 2 }] }],
])("%s", (_what, text, value) => {
  expect(readYaml(text)).toEqual(value);
});
