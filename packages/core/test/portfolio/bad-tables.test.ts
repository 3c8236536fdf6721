import { describe } from "vitest";
import { type Case, refuses } from "./refusal.ts";

const HEADER = "id,copies,frequency,frequency.lambda,severity,severity.meanlog,severity.sdlog,limit";
const ROW = "a,1,poisson,0.1,lognormal,8,1,1000";

const table = (...rows: string[]) => [HEADER, ...rows].join("\n");
const lambda = (cell: string) => table(`a,1,poisson,${cell},lognormal,8,1,`);

const LAMBDA = "policies[0].frequency.lambda (row 2, column frequency.lambda)";
const LIMIT = "policies[0].terms.occurrence.limit (row 2, column limit)";
const SDLOG = "policies[0].severity.sdlog (row 2, column severity.sdlog)";
const LAW = "policies[0].severity.law (row 2, column severity)";

const FLAGS = "id,frequency,frequency.lambda,frequency.zeroTruncated,severity";
const LISTS = "id,frequency,frequency.probabilities,severity";

const cells: Case[] = [
  ["a formula", lambda("=1+1"), LAMBDA, 'expected a number >= 0, found "=1+1"'],
  ["a plus sign", lambda("+1"), LAMBDA, 'found "+1"'],
  ["a decimal comma", lambda('"0,1"'), LAMBDA, 'found "0,1"'],
  ["a space before a number", lambda(" 1"), LAMBDA, 'found " 1"'],
  ["a hexadecimal number", lambda("0x10"), LAMBDA, 'found "0x10"'],
  ["a fraction without its zero", lambda(".5"), LAMBDA, 'found ".5"'],
  ["NaN", lambda("NaN"), LAMBDA, 'found "NaN"'],
  ["1e999", lambda("1e999"), LAMBDA, "found Infinity (beyond ±1.8e308)"],
  ["a missing cell", lambda(""), LAMBDA, "missing; expected a number >= 0"],
  ["a thousands separator", table('a,1,poisson,1,lognormal,8,1,"1,000"'), LIMIT, 'found "1,000"'],
  ["a number out of range", table("a,1,poisson,1,lognormal,8,-1,"), SDLOG, "expected a number > 0, found -1"],
  ["no id", table(",1,poisson,1,lognormal,8,1,"), "policies[0].id (row 2, column id)", "missing; expected 1 to 200"],
  ["no law", table("a,1,poisson,1,,8,1,"), LAW, "missing; expected one of "],
  ["an unknown law", table("a,1,poisson,1,lognorml,8,1,"), LAW, '(did you mean "lognormal"?)'],
  ["another law's parameter", table("a,1,poisson,1,exponential,8,1,"), "column severity.meanlog)", "unknown key"],
  ["a parameter without a column", table("a,1,poisson,1,gamma,,,"), "policies[0].severity.shape (row 2)", "missing"],
  ["a mixture", table("a,1,poisson,1,mixture,8,1,"), LAW, "is made of other laws, which cells cannot hold: use YAML"],
  ["a truncated law", table("a,1,poisson,1,truncated,8,1,"), LAW, "use YAML or JSON"],
  ["a control character", table("a\u0007,1,poisson,1,lognormal,8,1,"), "column id)", String.raw`found "a\u0007"`],
  ["half a character", table("a\ud800,1"), "line 2, column 2", "half a character (a lone surrogate)"],
  ["an id given twice", table(ROW, ROW), "policies[1].id (row 3, column id)", "that of policies[0] (row 2)"],
  [
    "a blank row before",
    table("", ROW, "", "b,1,poisson,1,lognormal,8,-1,"),
    "policies[1].severity.sdlog (row 5",
    "-1",
  ],
  ["a wrong flag", `${FLAGS}\na,poisson,1,yes,lognormal`, "column frequency.zeroTruncated)", 'found "yes"'],
  ["a flag that is off", `${FLAGS}\na,poisson,1,FALSE,lognormal`, "column frequency.zeroTruncated)", "found false"],
  [
    "a wrong list",
    `${LISTS}\na,empirical,0.5;x;,lognormal`,
    "policies[0].frequency.probabilities[1] (row 2",
    'found "x"',
  ],
  ["an empty list item", `${LISTS}\na,empirical,0.5;x;,lognormal`, ".probabilities[2] (row 2", 'found ""'],
];

const rows: Case[] = [
  ["an empty file", "", "portfolio", "the file is empty"],
  ["blank rows", "\n\r\n\r", "portfolio", "the file is empty"],
  ["a header alone", `${HEADER}\n`, "policies", "expected a list of 1 or more, found an empty list"],
  ["too few cells", table(ROW, "b,1"), "row 3", "expected 8 cells, found 2"],
  ["too many cells", table(`${ROW},`), "row 2", "expected 8 cells, found 9"],
  ["far too many cells", table(",".repeat(2_000)), "row 2", "more than 1000 cells"],
  ["nothing but ragged rows", table("x\n".repeat(2_000)), "row 2", "expected 8 cells, found 1"],
  ["an open quote", table(ROW, '"b,1'), "row 3", "never closed"],
  ["text after a quote", table('"a"b,1'), "row 2", "text after the closing quote of a cell"],
  ["a quote within a cell", table('a"b",1'), "row 2", "a quote within a cell that is not quoted"],
  ["a row that is too long", table("x".repeat(4_194_305)), "row 2", "a row of more than 4194304 characters"],
  ["a long row in quotes", table(`"${"x\n".repeat(300)}${"é".repeat(3_000_000)}"`), "row 2", "more than 4194304 bytes"],
  ["too many rows", table("\r\n".repeat(1_000_001)), "row 1000002", "more than 1000000 rows"],
];

const headers: Case[] = [
  [
    "an unknown column",
    HEADER.replace("limit", "limits"),
    "row 1, column 8",
    '"limits" (did you mean "limit"?), allowed: id',
  ],
  ["a key of YAML", HEADER.replace("limit", "insurerShare"), "row 1, column 8", '(did you mean "insurer_share"?)'],
  ["a column given twice", `${HEADER},id`, "row 1, column 9", "the column id is given twice"],
  ["a column without a name", `${HEADER},`, "row 1, column 9", 'unknown column ""'],
  ["a missing column", "id,frequency\na,poisson", "row 1", "the column severity is missing"],
  ["semicolons for commas", HEADER.replaceAll(",", ";"), "row 1, column 1", "unknown column"],
  ["a space in a header", HEADER.replace(",copies", ", copies"), "row 1, column 2", '(did you mean "copies"?)'],
  ["a column of laws", "id,frequency,severity,severity.components", "row 1, column 4", "unknown column"],
  ["__proto__", `${HEADER},__proto__`, "row 1, column 9", 'unknown column "__proto__"'],
];

describe("a bad cell is refused:", () => refuses("csv", cells));
describe("a bad row is refused:", () => refuses("csv", rows));
describe("a bad header is refused:", () => refuses("csv", headers));
