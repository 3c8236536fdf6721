import { describe } from "vitest";
import { type Case, changed, good, refuses } from "./refusal.ts";

const COUNT = "policies[0].frequency";
const AMOUNT = "policies[0].severity";

const count = (law: object) => changed({ frequency: law });
const amount = (law: object) => changed({ severity: law });
const poisson = (more: object) => count({ law: "poisson", lambda: 1, ...more });
const lognormal = (more: object) => amount({ ...good.severity, ...more });
const mixture = (weights: unknown, ...components: unknown[]) => amount({ law: "mixture", weights, components });

const nested = (depth: number): object =>
  depth === 0 ? good.severity : { law: "mixture", weights: [1], components: [nested(depth - 1)] };

const laws: Case[] = [
  ["no law", count({ lambda: 1 }), `${COUNT}.law`, "missing; expected one of poisson, negativeBinomial, "],
  [
    "an unknown law",
    count({ law: "poison" }),
    `${COUNT}.law`,
    'unknown law "poison" (did you mean "poisson"?), expected',
  ],
  ["another spelling", amount({ law: "Log-Normal" }), `${AMOUNT}.law`, '(did you mean "lognormal"?)'],
  ["swapped letters", amount({ law: "lognromal" }), `${AMOUNT}.law`, '(did you mean "lognormal"?)'],
  ["a law that is a number", amount({ law: 5 }), `${AMOUNT}.law`, "unknown law 5, expected one of"],
  ["a law named like a method", amount({ law: "toString" }), `${AMOUNT}.law`, 'unknown law "toString", expected'],
  ["a law of counts for amounts", amount({ law: "poisson", lambda: 1 }), `${AMOUNT}.law`, 'unknown law "poisson"'],
  ["a bare name", changed({ frequency: "poisson" }), COUNT, 'an object that names its law, found "poisson"'],
  ["no severity", changed({ severity: undefined }), AMOUNT, "missing; expected an object that names its law"],
  ["an unknown parameter", poisson({ mean: 2 }), `${COUNT}.mean`, 'unknown key "mean", allowed: law, lambda'],
  ["a misspelled parameter", count({ law: "poisson", lamda: 1 }), `${COUNT}.lamda`, '(did you mean "lambda"?)'],
  ["a missing parameter", lognormal({ sdlog: undefined }), `${AMOUNT}.sdlog`, "missing; expected a number > 0"],
  ["sdlog -1", lognormal({ sdlog: -1 }), `${AMOUNT}.sdlog`, "expected a number > 0, found -1"],
  ["sdlog 0", lognormal({ sdlog: 0 }), `${AMOUNT}.sdlog`, "expected a number > 0, found 0"],
  ["sdlog as text", lognormal({ sdlog: "1" }), `${AMOUNT}.sdlog`, 'expected a number > 0, found "1"'],
  ["sdlog as a list", lognormal({ sdlog: [1, 2] }), `${AMOUNT}.sdlog`, "found a list of 2"],
  ["meanlog as a flag", lognormal({ meanlog: true }), `${AMOUNT}.meanlog`, "expected a number, found true"],
  ["1e999", lognormal({}).replace('"sdlog":1', '"sdlog":1e999'), `${AMOUNT}.sdlog`, "found Infinity (beyond ±1.8e308)"],
  ["a probability of 1.2", poisson({ zeroInflated: 1.2 }), `${COUNT}.zeroInflated`, ">= 0 and <= 1, found 1.2"],
  ["a modifier that is off", poisson({ zeroTruncated: false }), `${COUNT}.zeroTruncated`, "expected true, found false"],
  ["a probability of 1", count({ law: "logarithmic", prob: 1 }), `${COUNT}.prob`, "a number > 0 and < 1, found 1"],
  ["two modifiers", poisson({ zeroTruncated: true, zeroInflated: 0.1 }), `${COUNT}.zero`, "cannot be combined"],
  ["size 2.5", count({ law: "binomial", size: 2.5, prob: 0.1 }), `${COUNT}.size`, "expected a whole number >= 0"],
  ["a law that can be negative", amount({ law: "normal", mean: 1, sd: 1 }), AMOUNT, "truncated"],
  [
    "weights that do not match",
    mixture([1, 2], good.severity),
    `${AMOUNT}.weights`,
    "needs one weight for each of the 1",
  ],
  ["weights of 0", mixture([0], good.severity), `${AMOUNT}.weights`, "must not all be 0"],
  ["a negative weight", mixture([-1], good.severity), `${AMOUNT}.weights[0]`, "expected a number >= 0, found -1"],
  ["no components", mixture([]), `${AMOUNT}.components`, "found an empty list"],
  ["breaks as text", amount({ law: "spliced", breaks: "1" }), `${AMOUNT}.breaks`, 'a list of 0 to 999, found "1"'],
  ["a component that is a number", mixture([1], 5), `${AMOUNT}.components[0]`, "an object that names its law, found 5"],
  ["an unknown component", mixture([1], { law: "gama" }), `${AMOUNT}.components[0].law`, '(did you mean "gamma"?)'],
  ["a mixture too deep", amount(nested(40)), `${AMOUNT}.components[0]`, "nested"],
  ["a long list", amount({ law: "empirical", values: Array(100_001).fill(1) }), `${AMOUNT}.values`, "at most 100000"],
  ["many values", mixture(Array(11).fill(Array(95_000).fill(1))), `${AMOUNT}.weights[10]`, "at most 1000000 values"],
  [
    "many wrong values",
    amount({ law: "empirical", values: Array(5_000).fill("x") }),
    `${AMOUNT}.values[19]`,
    'found "x"',
  ],
];

const TERMS = "policies[0].terms";
const OCCURRENCE = `${TERMS}.occurrence`;
const terms = (value: unknown) => changed({ terms: value });
const occurrence = (value: object) => terms({ occurrence: value });

const kinds = 'expected one of ordinary, franchise, found "francise" (did you mean "franchise"?)';

const wrongTerms: Case[] = [
  [
    "terms that are a list",
    terms([]),
    TERMS,
    "an object with occurrence, aggregate, insurerShare, found an empty list",
  ],
  ["terms that are null", terms(null), TERMS, "found nothing (null)"],
  ["an unknown term", terms({ reinstatements: 2 }), `${TERMS}.reinstatements`, "allowed: occurrence, aggregate, ins"],
  ["a misspelled term", occurrence({ deductable: 1 }), `${OCCURRENCE}.deductable`, '(did you mean "deductible"?)'],
  ["a misplaced term", terms({ aggregate: { attachment: 1 } }), `${TERMS}.aggregate.attachment`, "deductible, limit"],
  ["a negative deductible", occurrence({ deductible: -1 }), `${OCCURRENCE}.deductible`, "a number >= 0, found -1"],
  ["a negative attachment", occurrence({ attachment: -1 }), `${OCCURRENCE}.attachment`, "a number >= 0, found -1"],
  ["a negative limit", occurrence({ limit: -0.5 }), `${OCCURRENCE}.limit`, "a number >= 0, found -0.5"],
  ["a negative yearly limit", terms({ aggregate: { limit: -5 } }), `${TERMS}.aggregate.limit`, ">= 0, found -5"],
  ["a limit that is null", occurrence({ limit: null }), `${OCCURRENCE}.limit`, "found nothing (null)"],
  ["a limit that is text", occurrence({ limit: "none" }), `${OCCURRENCE}.limit`, 'found "none"'],
  ["a share of 1.2", terms({ insurerShare: 1.2 }), `${TERMS}.insurerShare`, ">= 0 and <= 1, found 1.2"],
  ["a negative share", terms({ insurerShare: -0.1 }), `${TERMS}.insurerShare`, "found -0.1"],
  ["franchise misspelled", occurrence({ deductibleKind: "francise" }), `${OCCURRENCE}.deductibleKind`, kinds],
];

const inYaml = (sdlog: string) => `policies: [{severity: {law: lognormal, meanlog: 8, sdlog: ${sdlog}}}]`;

const yaml: Case[] = [
  ["sdlog left empty", inYaml(""), `${AMOUNT}.sdlog`, "found nothing (null)"],
  ["not a number", inYaml(".nan"), `${AMOUNT}.sdlog`, "found NaN"],
  ["infinity", inYaml(".inf"), `${AMOUNT}.sdlog`, "found Infinity"],
  ["minus infinity", inYaml("-.inf"), `${AMOUNT}.sdlog`, "found -Infinity"],
  ["underscores in a number", inYaml("1_000"), `${AMOUNT}.sdlog`, 'found "1_000"'],
  ["a quoted number", inYaml("'1'"), `${AMOUNT}.sdlog`, 'found "1"'],
  ["a comma in a number", inYaml("1,000"), "line 1, column 61", "a key must be text"],
];

describe("a bad law is refused in JSON:", () => refuses("json", laws));
describe("bad terms are refused in JSON:", () => refuses("json", wrongTerms));
describe("a bad law is refused in YAML:", () => refuses("yaml", yaml));
