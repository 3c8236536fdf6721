import { type Figure, LEVELS, type Portfolio, checkPortfolio } from "@lossmill/core";
import { type ExactAnswer, type ExactFigure, exactAnswer } from "@lossmill/exact";

/** A figure in the shape of a simulated one: no standard error, and the bounds of what the lattice leaves open. */
export interface ExactResultFigure extends Figure {
  /** Estimated |value − truth|: of what lattices were used for, from a second one; 0 where there is a closed form. */
  readonly error: number | null;
}

/** The exact answer, in the shape of a simulation's result. Amounts in the portfolio's currency. */
export interface ExactResult {
  readonly portfolio: string;
  readonly currency: string;
  readonly trials: null;
  readonly complete: true;
  readonly seed: null;
  readonly generator: null;
  readonly horizon: null;
  readonly backend: "exact";
  readonly optimizationLevel: null;
  readonly seconds: number;
  readonly draws: 0;
  readonly claims: { readonly value: number; readonly se: 0 };
  readonly mean: ExactResultFigure;
  readonly sd: ExactResultFigure;
  readonly quantiles: readonly {
    readonly p: number;
    readonly returnPeriod: number;
    readonly var: ExactResultFigure;
    readonly tvar: ExactResultFigure;
    readonly oep: ExactResultFigure;
  }[];
  readonly grid: ExactAnswer["grid"];
}

/**
 * The exact distribution of a portfolio's annual loss, without a random number.
 *
 * @param portfolio a portfolio as an object: see docs/portfolio.md
 * @throws LossmillError BAD_PORTFOLIO, NOT_SUPPORTED where a policy's mean is infinite, BAD_CONFIGURATION for a level not
 *   in (0, 1)
 */
export function exact(portfolio: unknown, options: { readonly at?: readonly number[] } = {}): ExactResult {
  return exactResult(checkPortfolio(portfolio), options.at);
}

/** As `exact`, for a checked portfolio. */
export function exactResult(portfolio: Portfolio, at: readonly number[] = LEVELS): ExactResult {
  const begun = performance.now();
  const { claims, mean, sd, quantiles, grid } = exactAnswer(portfolio, { at });
  return {
    portfolio: portfolio.name,
    currency: portfolio.currency,
    trials: null,
    complete: true,
    seed: null,
    generator: null,
    horizon: null,
    backend: "exact",
    optimizationLevel: null,
    seconds: (performance.now() - begun) / 1000,
    draws: 0,
    claims: { value: claims, se: 0 },
    mean: figureOf(mean),
    sd: figureOf(sd),
    quantiles: quantiles.map((quantile) => ({
      p: quantile.p,
      returnPeriod: quantile.returnPeriod,
      var: figureOf(quantile.var),
      tvar: figureOf(quantile.tvar),
      oep: figureOf(quantile.oep),
    })),
    grid,
  };
}

function figureOf({ value, error, reason }: ExactFigure): ExactResultFigure {
  const said = reason === undefined ? {} : { reason };
  if (value === null || error === null) return { value, se: null, low: null, high: null, error, ...said };
  return { value, se: 0, low: value - error, high: value + error, error, ...said };
}
