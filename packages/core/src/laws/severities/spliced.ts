import { z } from "zod";
import { checkWeights, type Complaint, defineLaw, weights } from "../define-law.ts";
import type { Severity, Tail } from "../law.ts";
import { averageOf, momentsOf } from "./mixture.ts";
import { endOfSupport, opposite } from "./numerics/continuous.ts";
import { cumulative, placeOf } from "./numerics/cumulative.ts";
import { kinksOf } from "./numerics/kinks.ts";
import type { PiecewiseSeverity } from "./numerics/kinks.ts";
import { probabilityBetween } from "./numerics/probability-between.ts";
import type { SeveritySpec } from "./spec.ts";
import { truncatedSeverity } from "./truncated.ts";

/**
 * One law up to the first of `breaks`, the next up to the second, and so on: piece i is `components[i]`, given that it
 * lies in (breaks[i − 1], breaks[i]], and has a probability proportional to `weights[i]`.
 *
 * Source: Klugman, Panjer and Willmot, Loss models, section 5.2.7. Breaks as truncated laws do.
 */
export function defineSpliced(component: z.ZodType<SeveritySpec>, severity: (spec: SeveritySpec) => Severity) {
  return defineLaw(
    "spliced",
    { weights: weights(), components: z.array(component).min(1).max(1000), breaks: z.array(z.number()).max(999) },
    (spec) => splicedSeverity(spec.weights, spec.components.map(severity), spec.breaks),
    ({ weights: given, components, breaks }) => {
      const complaints = checkWeights("components", components.length, given);
      if (breaks.length !== components.length - 1) {
        complaints.push([
          "breaks",
          `needs one break between each two of the ${components.length} components, found ${breaks.length}`,
        ]);
      } else if (breaks.some((x, i) => i > 0 && !(x > breaks[i - 1]))) {
        complaints.push(["breaks", "must increase strictly"]);
      }
      return complaints.length > 0 ? complaints : checkPieces(given, components.map(severity), breaks);
    },
  );
}

interface Piece {
  readonly weight: number;
  readonly component: Severity;
  readonly from: number;
  readonly to: number;
}

/** The pieces that have a weight. */
function piecesOf(given: readonly number[], components: readonly Severity[], breaks: readonly number[]): Piece[] {
  const bounds = [-Infinity, ...breaks, Infinity];
  return components
    .map((component, i) => ({ weight: given[i], component, from: bounds[i], to: bounds[i + 1] }))
    .filter(({ weight }) => weight > 0);
}

function checkPieces(
  given: readonly number[],
  components: readonly Severity[],
  breaks: readonly number[],
): Complaint[] {
  return piecesOf(given, components, breaks)
    .filter(({ component, from, to }) => !(probabilityBetween(component, from, to) > 0))
    .map(({ component, from, to }) => {
      return [
        "components",
        `components[${components.indexOf(component)}] has no probability between ${from} and ${to}`,
      ];
    });
}

function splicedSeverity(
  given: readonly number[],
  components: readonly Severity[],
  breaks: readonly number[],
): PiecewiseSeverity {
  const pieces = piecesOf(given, components, breaks);
  const parts = pieces.map(({ weight, component, from, to }) => {
    const isWhole = from === -Infinity && to === Infinity;
    return { weight, law: isWhole ? component : truncatedSeverity(component, from, to) };
  });
  const laws = parts.map((part) => part.law);
  const table = cumulative(parts.map(({ weight }) => weight));
  const { probabilities, before, after } = table;
  const moments = momentsOf(parts);
  const placeAt = (x: number): number => {
    const place = pieces.findIndex(({ to }) => x <= to);
    return place < 0 ? pieces.length - 1 : place;
  };
  const inside = (p: number, tail: Tail, near?: number): number => {
    const i = placeOf(table, p, tail);
    const outside = tail === "lower" ? before[i] : after[i + 1];
    return laws[i].quantile(Math.min((p - outside) / probabilities[i], 1), tail, near);
  };
  const law: PiecewiseSeverity = {
    lower: laws[0].lower,
    upper: laws[laws.length - 1].upper,
    get mean() {
      return moments().mean;
    },
    get variance() {
      return moments().variance;
    },
    tailIndex: Math.min(...laws.map((piece) => piece.tailIndex)),
    density: (x) => probabilities[placeAt(x)] * laws[placeAt(x)].density(x),
    cdf: (x) => before[placeAt(x)] + probabilities[placeAt(x)] * laws[placeAt(x)].cdf(x),
    survival: (x) => after[placeAt(x) + 1] + probabilities[placeAt(x)] * laws[placeAt(x)].survival(x),
    quantile: (p, tail, near) =>
      endOfSupport(law, p, tail) ?? (p > 0.5 ? inside(1 - p, opposite(tail), near) : inside(p, tail, near)),
    limitedExpectedValue: (d) => averageOf(parts, (piece) => piece.limitedExpectedValue(d)),
    elasticity: laws.every((piece) => piece.elasticity !== undefined)
      ? { next: (x, n, scratch) => laws[placeAt(x[0])].elasticity!.next(x, n, scratch) }
      : undefined,
    kinks: laws.flatMap(kinksOf),
  };
  return law;
}
