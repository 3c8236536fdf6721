import { describe } from "vitest";
import { type Case, refuses } from "./refusal.ts";

const MANY = 100_000;

const manyKeys = Array.from({ length: 1_001 }, (_, i) => `"k${i}":0`).join(",");

const json: Case[] = [
  ["a key given twice", '{\n"name":"a",\n"name":"b"}', "line 3, column 1", 'the key "name" is given twice'],
  ["a key given twice by an escape", String.raw`{"a":1,"\u0061":2}`, "line 1, column 8", 'the key "a" is given twice'],
  ["a comma too many", '{"a":1,}', "line 1, column 8", 'expected a key in double quotes, found "}"'],
  ["a comma too few", "[1 2]", "line 1, column 4", 'expected a comma or ], found "2"'],
  ["no colon", '{"a" 1}', "line 1, column 6", 'expected a colon, found "1"'],
  ["an unfinished file", '{"policies": [', "line 1, column 15", "expected a value, found the end of the file"],
  ["an unfinished text", '{"policies', "line 1, column 2", "the text that starts here has no closing quote"],
  ["a wrong escape", String.raw`["\q"]`, "line 1, column 2", String.raw`"\\q" holds`],
  ["a line break in a text", '["a\nb"]', "line 1, column 2", "a line break"],
  ["NaN", '{"a":NaN}', "line 1, column 6", 'expected a value, found "N"'],
  ["Infinity", '{"a":-Infinity}', "line 1, column 6", 'expected a value, found "-"'],
  ["a plus sign", "[+1]", "line 1, column 2", 'expected a value, found "+"'],
  ["a leading zero", "[01]", "line 1, column 3", "expected a comma or ]"],
  ["a second value", "{} {}", "line 1, column 4", 'expected the end of the file, found "{"'],
  ["a comment", "// book\n{}", "line 1, column 1", "expected a value"],
  ["deep lists", "[".repeat(MANY), "line 1, column 129", "nested more than 128 deep"],
  ["deep objects", '{"a":'.repeat(MANY), "line 1, column 641", "nested more than 128 deep"],
  ["many keys", `{${manyKeys}}`, "line 1, column", "more than 1000 keys"],
];

const bomb = ["a: &a [1, 1]", "b: &b [*a, *a]", "c: &c [*b, *b]", "d: [*c, *c]"].join("\n");

const yaml: Case[] = [
  ["a key given twice", "name: a\nname: b\n", "line 2, column 1", 'the key "name" is given twice'],
  ["a key given twice in braces", "{a: 1, a: 2}", "line 1, column 8", 'the key "a" is given twice'],
  ["an open bracket", "policies: [", "line 1, column 12", "Flow sequence"],
  ["a stray bracket", "a: 1\n]\n", "line 2, column 1", "flow-seq-end"],
  ["a tab", "policies:\n\t- id: a\n", "line 2, column 1", "Tabs are not allowed"],
  ["two mappings on a line", "a: b: c", "line 1, column 4", "Nested mappings"],
  ["an open quote", "a: 'b", "line 1, column 6", "Missing closing 'quote"],
  ["an anchor", "a: &x 1", "line 1, column 4", "anchors are not supported: write the values out"],
  ["an alias", "a: *x", "line 1, column 4", "aliases are not supported: write the values out"],
  ["a laughing bomb", bomb, "line 1, column 4", "anchors are not supported"],
  ["a merge key", "<<: {name: a}\npolicies: []", '["<<"]', 'unknown key "<<"'],
  ["a JavaScript tag", "a: !!js/function 'x'", "line 1, column 4", "tags are not supported"],
  ["a binary tag", "a: !!binary aGk=", "line 1, column 4", "tags are not supported"],
  ["a tag of its own", "!book\na: 1", "line 1, column 1", "tags are not supported"],
  ["two documents", "a: 1\n---\nb: 2\n", "line 2, column 1", "a second document: a file holds one portfolio"],
  ["a document after the end", "a: 1\n...\nb: 2\n", "line 3, column 1", "a second document"],
  ["many documents", "---\n".repeat(MANY), "line 2, column 1", "a second document"],
  ["YAML 1.1", "%YAML 1.1\n---\na: yes\n", "line 1, column 1", 'unknown directive "%YAML 1.1"'],
  ["a tag directive", "%TAG ! tag:x,2000:\n---\na: 1\n", "line 1, column 1", "unknown directive"],
  ["a key that is a number", "1: 2", "line 1, column 1", "a key must be text"],
  ["a key that is a list", "? [a]\n: 1", "line 1, column 3", "a key must be text"],
  ["deep lists", "[".repeat(MANY), "line 1, column", "nested more than 128 deep"],
  ["deep lists that are closed", `${"[".repeat(MANY)}${"]".repeat(MANY)}`, "line 1, column", "nested more than 128"],
  ["deep blocks", "- ".repeat(MANY), "line 1, column", "nested more than 128 deep"],
  ["deep keys", "? ".repeat(MANY), "line 1, column", "nested more than 128 deep"],
  ["a long text", `a: ${"x".repeat(65_537)}`, "line 1, column 4", "more than 65536 characters"],
  [
    "many values",
    `[${"0,".repeat(700_000)}0]`,
    "line 1, column",
    "more than 1200000 YAML tokens: write a book of this",
  ],
];

describe("broken JSON is refused:", () => refuses("json", json));
describe("broken YAML is refused:", () => refuses("yaml", yaml));
