import type { Severity } from "../../law.ts";
import { gaussLegendre } from "./quadrature.ts";

/** Levels at whose quantiles an integral is split, so that each panel holds a moderate part of the law. */
const LEVELS = [0.3, 0.1, 0.01, 1e-3, 1e-5, 1e-8, 1e-12, 1e-16];
/** An infinite range goes on by decades of the survival from 1e-16 to this one, below which doubles end. */
const LAST_DECADE = 300;
/** A panel smaller than this part of the integral so far ends an infinite range. */
const NEGLIGIBLE = 1e-18;
/** A panel is halved until that changes it by less than this part of it: the error of the halves is then far smaller. */
const TOLERANCE = 1e-13;
/** Below this part of the whole integral nothing needs to be halved, nor below the rounding of the abscissas. */
const SMALL = 1e-17;
const ROUNDING = 1e-15;
const MOST_HALVINGS = 12;

/** What an integral needs to know of a law. */
export type Tailed = Pick<Severity, "lower" | "survival" | "quantile" | "tailIndex"> & {
  readonly kinks: readonly number[];
};

/**
 * The integral of (x − from)^power · P(X > x) over x in [from, to] for a finite `from`. `to` may be Infinity where the
 * integral exists, that is, where the tail index is above power + 1; what lies beyond the last quantile that doubles can
 * express is then the integral of a power law.
 */
export function survivalIntegral(law: Tailed, from: number, to: number, power: 0 | 1): number {
  const integrand = (x: number): number => (power === 0 ? 1 : x - from) * law.survival(x);
  const end = to < Infinity ? to : Math.max(from, law.quantile(1e-16, "upper"));
  const splits = [...law.kinks, law.quantile(0.5, "lower")];
  for (const level of LEVELS) splits.push(law.quantile(level, "lower"), law.quantile(level, "upper"));
  const edges = [from, ...splits.filter((x) => x > from && x < end), end].sort((a, b) => a - b);
  let rough = 0;
  for (let i = 1; i < edges.length; i++) rough += gaussLegendre(integrand, edges[i - 1], edges[i]);
  const panel = panelOf(integrand, law.lower, SMALL * rough);
  let sum = 0;
  for (let i = 1; i < edges.length; i++) sum += panel(edges[i - 1], edges[i], MOST_HALVINGS);
  if (to < Infinity) return sum;
  const beyondLast = (x: number): number => (x * integrand(x)) / (law.tailIndex - 1 - power);
  return sum + integralBeyond(law, panel, beyondLast, end, sum);
}

/** The law of −X: P(−X > x) is P(X <= −x) but at atoms. */
export function mirrored(law: Severity & { readonly kinks: readonly number[] }): Tailed {
  return {
    lower: -law.upper,
    tailIndex: law.tailIndex,
    survival: (x) => law.cdf(-x),
    quantile: (p, tail) => -law.quantile(p, tail === "lower" ? "upper" : "lower"),
    kinks: law.kinks.map((x) => -x),
  };
}

type Panel = (from: number, to: number, halvings: number) => number;

/** The integral from `start` to infinity, of which `beyondLast` knows the part beyond the last quantile. */
function integralBeyond(
  law: Tailed,
  panel: Panel,
  beyondLast: (x: number) => number,
  start: number,
  body: number,
): number {
  let sum = 0;
  let from = start;
  for (let decade = 17; decade <= LAST_DECADE; decade++) {
    const to = law.quantile(Number(`1e-${decade}`), "upper");
    const part = to < Infinity ? panel(from, to, MOST_HALVINGS) : 0;
    sum += part;
    if (part <= NEGLIGIBLE * (body + sum)) return sum;
    from = to;
  }
  return sum + beyondLast(from);
}

/** Adaptive quadrature; long panels are halved in the logarithm of the distance from the law's lower end. */
function panelOf(f: (x: number) => number, origin: number, small: number): Panel {
  return function panel(from: number, to: number, halvings: number): number {
    const whole = gaussLegendre(f, from, to);
    const isLong = to - origin > 3 * (from - origin) && from > origin && origin > -Infinity;
    const middle = isLong ? origin + Math.sqrt((from - origin) * (to - origin)) : from + (to - from) / 2;
    const halves = gaussLegendre(f, from, middle) + gaussLegendre(f, middle, to);
    const noise = (ROUNDING * Math.max(Math.abs(from), Math.abs(to))) / (to - from);
    const isDone = !(Math.abs(whole - halves) > small + (TOLERANCE + noise) * halves);
    return halvings === 0 || isDone ? halves : panel(from, middle, halvings - 1) + panel(middle, to, halvings - 1);
  };
}
