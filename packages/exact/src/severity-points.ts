import type { SeveritySpec } from "@lossmill/core";

/** Where a severity's density may jump or bend, and where it may have atoms. */
export interface SeverityPoints {
  readonly kinks: readonly number[];
  readonly atoms: readonly number[];
  /** Whether the atoms hold all of the probability. */
  readonly isDiscrete: boolean;
}

/** What a specification tells of its law's atoms and kinks; no law itself says which of its points are atoms. */
export function severityPoints(spec: SeveritySpec): SeverityPoints {
  switch (spec.law) {
    case "constant":
      return { kinks: [], atoms: [spec.value], isDiscrete: true };
    case "empirical":
      return { kinks: [], atoms: [...new Set(spec.values)], isDiscrete: true };
    case "histogram":
      return kinked(spec.edges);
    case "uniform":
      return kinked([spec.min, spec.max]);
    case "triangular":
      return kinked([spec.min, spec.mode, spec.max]);
    case "beta":
      return kinked([spec.scale]);
    case "singleParameterPareto":
      return kinked([spec.min]);
    case "generalizedPareto":
      return kinked([spec.location]);
    case "truncated":
      return within(severityPoints(spec.of), [spec.lower, spec.upper]);
    case "mixture":
      return together(spec.components.filter((_, i) => spec.weights[i] > 0).map(severityPoints), []);
    case "spliced":
      return together(spec.components.map(severityPoints), spec.breaks);
    default:
      return kinked([]);
  }
}

function kinked(kinks: readonly number[]): SeverityPoints {
  return { kinks, atoms: [], isDiscrete: false };
}

function within(points: SeverityPoints, ends: readonly (number | undefined)[]): SeverityPoints {
  return { ...points, kinks: [...points.kinks, ...ends.filter((end) => end !== undefined)] };
}

function together(parts: readonly SeverityPoints[], breaks: readonly number[]): SeverityPoints {
  return {
    kinks: [...breaks, ...parts.flatMap((part) => part.kinks)],
    atoms: [...new Set(parts.flatMap((part) => part.atoms))],
    isDiscrete: parts.every((part) => part.isDiscrete),
  };
}
