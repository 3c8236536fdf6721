import { describe } from "vitest";
import { type Case, changed, good, refuses } from "./refusal.ts";

const ID = "policies[0].id";
const COPIES = "policies[0].copies";

const two = (change: object) => JSON.stringify({ policies: [good, { ...good, id: "b", ...change }] });

const json: Case[] = [
  ["an empty file", "", "portfolio", "the file is empty"],
  ["a list", "[]", "portfolio", "expected an object with $schema, name, currency, policies, found an empty list"],
  ["a number", "3", "portfolio", "found 3"],
  ["null", "null", "portfolio", "found nothing (null)"],
  ["no policies", "{}", "policies", "missing; expected a list of 1 or more"],
  ["an empty book", '{"policies":[]}', "policies", "expected a list of 1 or more, found an empty list"],
  ["policies that are no list", '{"policies":{}}', "policies", "found an object"],
  ["a policy that is a number", '{"policies":[7]}', "policies[0]", "expected an object with id, copies, "],
  ["a policy that is null", '{"policies":[null]}', "policies[0]", "found nothing (null)"],
  ["an unknown key of the book", '{"curency":"EUR","policies":[]}', "curency", 'did you mean "currency"?'],
  ["a schema that is a number", '{"$schema":1,"policies":[]}', "$schema", "expected text, found 1"],
  ["a name that is a number", '{"name":3,"policies":[]}', "name", "found 3"],
  ["a name of control characters", '{"name":"\\u0007","policies":[]}', "name", String.raw`found "\u0007"`],
  ["a currency that is too long", '{"currency":"thirteen char","policies":[]}', "currency", "1 to 12 printable"],
  ["an unknown key", changed({ term: {} }), "policies[0].term", '(did you mean "terms"?), allowed: id, copies,'],
  ["an unknown key like no other", changed({ zzz: 1 }), "policies[0].zzz", 'unknown key "zzz", allowed: id,'],
  ["no id", changed({ id: undefined }), ID, "missing; expected 1 to 200 printable characters"],
  ["an empty id", changed({ id: "" }), ID, 'found ""'],
  ["a long id", changed({ id: "x".repeat(201) }), ID, `found "${"x".repeat(40)}…"`],
  ["an id that is cut within a character", changed({ id: `${"x".repeat(39)}😀\n` }), ID, `"${"x".repeat(39)}…"`],
  ["an escape sequence", changed({ id: "a\u001b[2J" }), ID, String.raw`found "a\u001b[2J"`],
  ["a line break", changed({ id: "a\nb" }), ID, String.raw`found "a\nb"`],
  ["a line separator", changed({ id: "a\u2028" }), ID, String.raw`found "a\u2028"`],
  ["a direction override", changed({ id: "a\u202eb" }), ID, String.raw`found "a\u202eb"`],
  ["half a character", changed({ id: "a\ud800" }), ID, String.raw`found "a\ud800"`],
  ["an id given twice", two({ id: "a" }), "policies[1].id", 'the id "a" is already that of policies[0]'],
  ["copies 1e12", changed({ copies: 1e12 }), COPIES, "a whole number >= 1 and <= 4294967295, found 1000000000000"],
  ["copies 0", changed({ copies: 0 }), COPIES, "expected a whole number >= 1"],
  ["copies -1", changed({ copies: -1 }), COPIES, "found -1"],
  ["copies 1.5", changed({ copies: 1.5 }), COPIES, "expected a whole number >= 1"],
  ["copies as text", changed({ copies: "2" }), COPIES, 'found "2"'],
  ["too many copies in all", two({ copies: 4294967295 }), "policies[1].copies", "more than 4294967295 policies"],
  ["__proto__", '{"policies":[{"__proto__":{"copies":9}}]}', "policies[0].__proto__", 'unknown key "__proto__"'],
  ["__proto__ of the book", '{"__proto__":{"name":"x"},"policies":[]}', "__proto__", 'unknown key "__proto__"'],
  ["constructor", changed({ constructor: { prototype: {} } }), "policies[0].constructor", 'unknown key "constructor"'],
  ["prototype", changed({ prototype: 1 }), "policies[0].prototype", 'unknown key "prototype"'],
  ["a strange key", changed({ "a\u0007": 1 }), String.raw`policies[0]["a\u0007"]`, String.raw`"a\u0007"`],
  ["a key like an index", changed({ "0": 1 }), 'policies[0]["0"]', 'unknown key "0"'],
];

const yaml: Case[] = [
  ["an empty file", "", "portfolio", "the file is empty"],
  ["comments only", "# nothing\n", "portfolio", "the file is empty"],
  ["an empty document", "---\n", "portfolio", "found nothing (null)"],
  ["null", "~", "portfolio", "found nothing (null)"],
  ["a list", "- a\n- b\n", "portfolio", "found a list of 2"],
  ["a text", "hello", "portfolio", 'found "hello"'],
  ["an id that is a number", "policies: [{id: 7}]", ID, "found 7"],
  ["an id that is a flag", "policies: [{id: true}]", ID, "found true"],
  ["half a character", String.raw`policies: [{id: "\ud800"}]`, ID, String.raw`found "\ud800"`],
  ["__proto__", "policies: [{__proto__: {copies: 9}}]", "policies[0].__proto__", 'unknown key "__proto__"'],
];

describe("a bad book is refused in JSON:", () => refuses("json", json));
describe("a bad book is refused in YAML:", () => refuses("yaml", yaml));
