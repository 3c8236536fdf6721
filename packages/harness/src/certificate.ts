import type { GeneratorName, OptimizationLevel } from "@lossmill/core";

/**
 * What a finding must pass to be called a failure. A right backend is refused by all checks of four levels together less
 * than once in 2,000 runs: at each level at most 36 distances of 2e-6 (both sides) and three p-values of 1e-5, 1e-4
 * together, were they independent.
 */
export const LIMITS = {
  /** A distance from the exact value may be as large as this, in standard errors. */
  standardErrors: 4.75,
  /** A p-value may be as small as this. */
  pValue: 1e-5,
  /** How often an accident of the draws may be expected in a run and still be taken for a mistake. */
  coincidence: 1e-6,
  /**
   * Kurtosis over the number of trials up to which a mean is judged. Simulated means of rare, lognormal and Pareto losses
   * with 0.002 to 14 passed 3.5 standard errors in 5e-5 to 5e-4 of 20,000 runs each, a normal law does in 5e-4; above 1 it is their
   * width, though, that says nothing any more.
   */
  kurtosis: 1,
  /** Fewest losses expected on either side of a VaR or OEP, and beyond the VaR of a TVaR, that are judged. */
  quantileLosses: 10,
  tailLosses: 50,
} as const;

export type CheckName =
  /** Every block came once, with the trials that it should have. */
  | "blocks"
  /** Every loss is finite and not negative, claims are whole, and what is paid was claimed. */
  | "trials"
  /** The blocks' summaries are those of their losses. */
  | "summaries"
  /** The first block, simulated again, has the same bits. */
  | "repeatable"
  /** No two blocks have the same totals. */
  | "distinctBlocks"
  /** No stretch of trials was left at zero. */
  | "filled"
  | "mean"
  | "sd"
  /** The mean number of paying claims. */
  | "claims"
  | "var"
  | "tvar"
  | "oep"
  /** Mean and TVaR of the total cut off at `limit`, where the whole tail is too heavy to be judged. */
  | "limitedMean"
  | "limitedTvar"
  /** The whole distribution of the total and of the largest claim. */
  | "total"
  | "maxOccurrence"
  /** The distribution of the total against that of the first level. */
  | "levels";

/** One finding about one run. Amounts in the portfolio's currency; null is what a check does not have. */
export interface Check {
  readonly name: CheckName;
  /** The level of a quantile. */
  readonly p: number | null;
  /** Where losses are cut off. */
  readonly limit: number | null;
  readonly simulated: number | null;
  readonly exact: number | null;
  /** A bound on what `exact` may be wrong by. */
  readonly exactError: number | null;
  /** From the exact value and its error, in standard errors. */
  readonly distance: number | null;
  /** The largest difference of two distribution functions, beyond what the judge leaves open, and its p-value. */
  readonly difference: number | null;
  readonly pValue: number | null;
  readonly judged: boolean;
  /** True where it was not judged. */
  readonly passed: boolean;
  /** Why it was not judged, or what was found where numbers do not say it. */
  readonly reason?: string;
}

/** One backend at one level. */
export interface RunEntry {
  readonly backend: string;
  readonly level: OptimizationLevel;
  /** Why the backend did not run the plan: it does not promise to. Then there are no checks. */
  readonly notRun?: string;
  readonly draws: number | null;
  readonly checks: readonly Check[];
  readonly passed: boolean;
}

/** The largest |a − b| on any trial, over the trial's ground-up sum. */
export interface LargestDifference {
  /** Null where it is not finite. */
  readonly relative: number | null;
  /** The trial where it is; null where there is no difference. */
  readonly trial: number | null;
}

/** Two backends at one level, trial by trial. */
export interface AgreementEntry {
  readonly level: OptimizationLevel;
  readonly backends: readonly [first: string, other: string];
  /** The larger of what the two promise; 0 is bit for bit. */
  readonly promised: number;
  readonly compared: boolean;
  readonly total: LargestDifference;
  readonly maxOccurrence: LargestDifference;
  /** Trials whose number of paying claims differs, and those of them that a claim at its threshold does not explain. */
  readonly claims: { readonly differing: number; readonly unexplained: number };
  readonly passed: boolean;
  /** Why they were not compared. */
  readonly reason?: string;
}

/** What a verification found, complete: plain JSON without infinities, to be kept beside a result. */
export interface Certificate {
  readonly format: 1;
  readonly portfolio: string;
  readonly seed: string;
  readonly generator: GeneratorName;
  readonly trials: number;
  readonly horizon: number;
  readonly levels: readonly OptimizationLevel[];
  readonly backends: readonly { readonly name: string; readonly agreement: number }[];
  readonly limits: typeof LIMITS;
  readonly runs: readonly RunEntry[];
  /** Each backend with the first, and those that promise their bits with the first of them; empty where there is only one. */
  readonly agreements: readonly AgreementEntry[];
  /** Checks of all runs and comparisons of all pairs. */
  readonly judged: number;
  readonly notJudged: number;
  readonly failed: number;
  readonly passed: boolean;
}
