import { readFileSync } from "node:fs";
import type { SeveritySpec } from "../../src/laws/severities/index.ts";

/** A number of the vectors: non-finite ones are written as text. */
type Written = number | "Infinity" | "-Infinity" | "NaN";

interface WrittenLaw {
  readonly law: string;
  readonly params: Record<string, unknown>;
}

/** Our own files give `spec` in our names, the shared vectors `law` and `params` in theirs. */
interface WrittenCase extends WrittenLaw {
  readonly spec?: SeveritySpec;
  readonly mean: Written;
  readonly variance: Written;
  readonly ppf: readonly Written[];
  readonly cond: readonly Written[];
  readonly deepTails: readonly Written[][];
  readonly points: readonly Written[][];
  readonly lev: readonly Written[][];
}

/** One law of a file of reference values; `ppf[i]` belongs to `u[i]`, `cond[i]` is its relative condition number. */
export interface VectorCase {
  readonly name: string;
  readonly spec: SeveritySpec;
  readonly mean: number;
  readonly variance: number;
  readonly u: readonly number[];
  readonly ppf: readonly number[];
  readonly cond: readonly number[];
  /** [q, x with P(X <= x) = q, x with P(X > x) = q]. */
  readonly deepTails: readonly number[][];
  /** [x, density, P(X <= x), P(X > x)]. */
  readonly points: readonly number[][];
  /** [d, E[min(X, d)]]. */
  readonly lev: readonly number[][];
}

/** The parameter names of the vectors and ours (fixtures/vectors/README.md). */
const NAMES: Record<string, Record<string, string>> = {
  lognormal: { mu: "meanlog", sigma: "sdlog" },
  pareto: { alpha: "shape", theta: "scale" },
  singleParameterPareto: { alpha: "shape", theta: "min" },
  generalizedPareto: { xi: "shape", beta: "scale", mu: "location" },
  burr: { alpha: "shape1", gamma: "shape2", theta: "scale" },
  inverseBurr: { tau: "shape1", gamma: "shape2", theta: "scale" },
  loglogistic: { gamma: "shape", theta: "scale" },
  inverseGaussian: { mu: "mean", lambda: "shape" },
  beta: { a: "shape1", b: "shape2", theta: "scale" },
  normal: { mu: "mean", sigma: "sd" },
  student: { loc: "location" },
  truncated: { base: "of" },
};

function isLaw(value: unknown): value is WrittenLaw {
  return typeof value === "object" && value !== null && "law" in value;
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (!isLaw(value)) return value;
  const law = value.law === "studentT" ? "student" : value.law;
  const parameters = Object.entries(value.params).filter(([, parameter]) => parameter !== null);
  const ours = parameters.map(([name, parameter]) => [NAMES[law]?.[name] ?? name, renamed(parameter)]);
  return { law, ...Object.fromEntries(ours) };
}

/** All cases of a file of the form of fixtures/vectors/quantiles.json. */
export function vectorCases(file: string): VectorCase[] {
  const text = readFileSync(new URL(`../../../../fixtures/${file}`, import.meta.url), "utf8");
  const { u, cases } = JSON.parse(text) as { u: number[]; cases: WrittenCase[] };
  const rows = (written: readonly Written[][]): number[][] => written.map((row) => row.map(Number));
  return cases.map((written) => {
    const spec = written.spec ?? (renamed(written) as SeveritySpec);
    return {
      name: JSON.stringify(spec).replaceAll('"', ""),
      spec,
      mean: Number(written.mean),
      variance: Number(written.variance),
      u,
      ppf: written.ppf.map(Number),
      cond: written.cond.map(Number),
      deepTails: rows(written.deepTails),
      points: rows(written.points),
      lev: rows(written.lev),
    };
  });
}
