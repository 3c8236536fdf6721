/** What the harness is told of the truth. The answer of @lossmill/exact has this shape; so may any other. */

/** A known number. Amounts in the portfolio's currency. */
export interface ExactFigure {
  /** Null where there is none, or none is known; `reason` says which. */
  readonly value: number | null;
  /** An estimate of |value − truth| that may be relied on; null where the value is. */
  readonly error: number | null;
  readonly reason?: string;
}

/** A distribution function known up to a shift and an error: P(X <= x − resolution) − error <= cdf(x) <= P(X <= x + resolution) + error. */
export interface ExactDistribution {
  readonly cdf: (x: number) => number;
  /** In the unit of x. */
  readonly resolution: number;
  /** A probability. */
  readonly error: number;
  /** The inequalities hold for x <= upTo; may be Infinity. */
  readonly upTo: number;
}

/** The figures of one level. */
export interface ExactQuantiles {
  readonly p: number;
  readonly returnPeriod: number;
  /** VaR and TVaR of the annual total. */
  readonly var: ExactFigure;
  readonly tvar: ExactFigure;
  /** VaR of the year's largest claim. */
  readonly oep: ExactFigure;
}

/** What the judge knows of a book's annual total, largest claim and number of paying claims. */
export interface Judge {
  /** The mean number of claims that pay something. */
  readonly claims: number;
  readonly mean: ExactFigure;
  readonly sd: ExactFigure;
  /** The fourth central moment of the total over sd⁴; null where it is infinite or not known. */
  readonly kurtosis: number | null;
  readonly quantiles: readonly ExactQuantiles[];
  readonly total: ExactDistribution;
  readonly maxOccurrence: ExactDistribution;
}
