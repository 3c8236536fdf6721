import { describe, expect, test } from "vitest";
import { parsePortfolio } from "../../src/portfolio/parse-portfolio.ts";
import { checkPortfolio } from "../../src/portfolio/portfolio.ts";
import { errorOf, good } from "./refusal.ts";

const copiesOf = (book: readonly number[]) => ({
  policies: book.map((copies, i) => ({ ...good, id: `p${i}`, copies })),
});

/** The faults of a book in which this many policies are wrong. */
const refused = (count: number) => errorOf(() => checkPortfolio(copiesOf(Array(count).fill(0)))).faults;

describe("the list of faults", () => {
  test("holds all of 20", () => {
    expect(refused(20).map(({ place }) => place)).toEqual(
      Array.from({ length: 20 }, (_, i) => `policies[${i}].copies`),
    );
  });

  test("ends after 20 with the number of others", () => {
    expect(refused(35)).toHaveLength(21);
    expect(refused(35)[20].message).toBe("15 further faults are not listed");
  });

  test("stops at 1,000", () => {
    expect(refused(2_000)[20].message).toBe("980 or more further faults are not listed");
  });

  test("tells the faults of the book and of its policies together", () => {
    const { faults } = errorOf(() => checkPortfolio({ ...copiesOf([0]), name: "" }));
    expect(faults.map(({ place }) => place)).toEqual(["name", "policies[0].copies"]);
  });

  test("names no more than five unknown keys of one object", () => {
    const { faults } = errorOf(() => checkPortfolio({ policies: [{ ...good, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 }] }));
    expect(faults).toHaveLength(5);
  });

  test("does not judge together what is wrong alone: no law is made of wrong parameters", () => {
    const severity = { law: "normal", mean: 1, sd: -1 };
    const { faults } = errorOf(() => checkPortfolio({ policies: [{ ...good, severity }] }));
    expect(faults.map(({ place }) => place)).toEqual(["policies[0].severity.sd"]);
  });

  test("tells once that there are too many copies", () => {
    const { faults } = errorOf(() => checkPortfolio(copiesOf([4_294_967_295, 1, 1])));
    expect(faults.map(({ place }) => place)).toEqual(["policies[1].copies"]);
  });
});

describe("what a program hands over", () => {
  test.each([
    ["undefined", undefined, "portfolio"],
    ["a function", () => 1, "portfolio"],
    ["a bigint for a number", { policies: [{ ...good, copies: 1n }] }, "policies[0].copies"],
    ["a symbol for a text", { policies: [{ ...good, id: Symbol("a") }] }, "policies[0].id"],
    ["a list with holes", { policies: Object.assign(Array(2), { 1: good }) }, "policies[0]"],
    ["a list of great length", { policies: [{ ...good, severity: Array(4_294_967_295) }] }, "policies[0].severity"],
  ])("is refused: %s", (_what, value, place) => {
    expect(errorOf(() => checkPortfolio(value)).faults[0].place).toBe(place);
  });

  test("is refused: a severity that contains itself", () => {
    const loop = { law: "mixture", weights: [1], components: [] as unknown[] };
    loop.components.push(loop);
    const { message } = errorOf(() => checkPortfolio({ policies: [{ ...good, severity: loop }] }));
    expect(message).toContain("nested too deep: at most 32 lists and objects in each other");
  });

  test("is not changed and not kept", () => {
    const value = Object.freeze({ policies: Object.freeze([Object.freeze({ ...good })]) });
    const portfolio = checkPortfolio(value);
    expect(portfolio.policies[0]).not.toBe(value.policies[0]);
    expect(value).toEqual({ policies: [good] });
  });

  test("gets its defaults", () => {
    expect(checkPortfolio({ policies: [good] })).toEqual({
      name: "portfolio",
      currency: "XXX",
      policies: [{ ...good, copies: 1 }],
    });
  });

  test("may have as many copies as there are streams", () => {
    expect(checkPortfolio(copiesOf([4_294_967_294, 1])).policies).toHaveLength(2);
  });

  test("is the same when checked twice", () => {
    const once = checkPortfolio({ name: "n", currency: "EUR", policies: [{ ...good, terms: { insurerShare: 0.5 } }] });
    expect(checkPortfolio(once)).toEqual(once);
  });
});

test("keys of prototypes pollute nothing", () => {
  const polluting = '{"__proto__":{"polluted":1},"policies":[{"constructor":{"prototype":{"polluted":1}}}]}';
  errorOf(() => parsePortfolio(polluting, "json", "book"));
  errorOf(() => parsePortfolio(polluting, "yaml", "book"));
  errorOf(() => checkPortfolio(JSON.parse(polluting)));
  errorOf(() => parsePortfolio("id,__proto__.polluted,constructor.prototype\n1,2,3", "csv", "book"));
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});
