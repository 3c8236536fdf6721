import type { Fault } from "../errors.ts";
import { MOST_FAULTS, type Path, placeOf, refuse } from "./faults.ts";
import { MOST_DEEP, MOST_LIST_VALUES, MOST_POLICY_VALUES } from "./limits.ts";
import { MOST_COPIES, type Policy, type Portfolio, bookSchema, policySchema } from "./schema.ts";
import { describe, quote } from "./shown.ts";
import { judge } from "./wording.ts";

export { type Policy, type Portfolio, portfolioSchema } from "./schema.ts";

/**
 * The door of every portfolio: `value`, from a program or a parsed file, checked and with its defaults filled in. Throws
 * LossmillError BAD_PORTFOLIO with the place of each fault, what was found there and what is allowed.
 */
export function checkPortfolio(value: unknown): Portfolio {
  return checkBook(value, placeOf);
}

/** `checkPortfolio` of what was read from a source that has places of its own, such as rows and columns. */
export function checkBook(value: unknown, locate: (path: Path) => string): Portfolio {
  const book = judge(bookSchema, value, [], locate);
  const faults = [...book.faults];
  const policies: Policy[] = [];
  const checkTogether = togetherness(locate);
  for (const [i, given] of policiesIn(value).entries()) {
    if (faults.length >= MOST_FAULTS) break;
    const path = ["policies", i];
    const excess = excessIn(given, path, locate);
    const policy =
      excess === undefined ? judge(policySchema, given, path, locate) : { data: undefined, faults: [excess] };
    faults.push(...policy.faults);
    if (policy.data === undefined) continue;
    policies.push(policy.data);
    faults.push(...checkTogether(policy.data, i));
  }
  if (book.data === undefined || faults.length > 0) return refuse(faults);
  return { name: book.data.name, currency: book.data.currency, policies };
}

function policiesIn(value: unknown): readonly unknown[] {
  const policies = typeof value === "object" && value !== null && "policies" in value ? value.policies : [];
  return Array.isArray(policies) ? policies : [];
}

/** Judges what policies must be together: ids differ, and copies add up to fewer than 2^32. */
function togetherness(locate: (path: Path) => string): (policy: Policy, i: number) => Fault[] {
  const firstWith = new Map<string, number>();
  let copies = 0;
  return (policy, i) => {
    const faults: Fault[] = [];
    const first = firstWith.get(policy.id);
    if (first === undefined) firstWith.set(policy.id, i);
    else {
      const message = `the id ${quote(policy.id)} is already that of ${locate(["policies", first])}`;
      faults.push({ place: locate(["policies", i, "id"]), message });
    }
    if (copies <= MOST_COPIES && copies + policy.copies > MOST_COPIES) {
      const message = `with these ${policy.copies} copies the portfolio has more than ${MOST_COPIES} policies`;
      faults.push({ place: locate(["policies", i, "copies"]), message });
    }
    copies += policy.copies;
    return faults;
  };
}

/** The first thing in a policy that goes too deep or too far for the schemas, which recurse and complain value by value. */
function excessIn(policy: unknown, start: Path, locate: (path: Path) => string): Fault | undefined {
  const path = [...start];
  let values = 0;
  const seek = (value: unknown): string | undefined => {
    values += 1;
    if (values > MOST_POLICY_VALUES) return `a policy may hold at most ${MOST_POLICY_VALUES} values`;
    if (typeof value !== "object" || value === null) return undefined;
    if (path.length >= MOST_DEEP) return `nested too deep: at most ${MOST_DEEP} lists and objects in each other`;
    const isList = Array.isArray(value);
    if (isList && value.length > MOST_LIST_VALUES) {
      return `expected a list of at most ${MOST_LIST_VALUES} values, found ${describe(value)}`;
    }
    for (const [key, inner] of Object.entries(value)) {
      path.push(isList ? Number(key) : key);
      const message = seek(inner);
      if (message !== undefined) return message;
      path.pop();
    }
    return undefined;
  };
  const message = seek(policy);
  return message === undefined ? undefined : { place: locate(path), message };
}
