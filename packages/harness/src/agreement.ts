import type { Backend, OptimizationLevel, TrialLosses } from "@lossmill/core";
import type { AgreementEntry, LargestDifference } from "./certificate.ts";

/**
 * Claims so near their threshold that they pay in one backend and not in the other, of all paying claims, at most: so many
 * times what amounts may differ by, as thresholds lie where claims are.
 */
const AT_THRESHOLD = 10;

const NONE: LargestDifference = { relative: 0, trial: null };

/**
 * Compares two backends' losses of one plan, trial by trial. They agree where |a − b| of total and largest claim is within
 * what they promise, relative to the trial's ground-up sum, and every trial has the same number of paying claims; but for
 * claims at their threshold, which pay next to nothing in one of them: these need a difference in amounts to show for it,
 * and are rare.
 */
export function compareBackends(
  level: OptimizationLevel,
  [first, other]: readonly [Backend, Backend],
  [a, b]: readonly [TrialLosses, TrialLosses],
  groundUp: Float64Array,
): AgreementEntry {
  const promised = Math.max(first.agreement, other.agreement);
  const total = largestRelative(a.total, b.total, groundUp);
  const maxOccurrence = largestRelative(a.maxOccurrence, b.maxOccurrence, groundUp);
  const claims = compareClaims(a, b, promised);
  const isWithin = ({ relative }: LargestDifference) => relative !== null && relative <= promised;
  return {
    level,
    backends: [first.name, other.name],
    promised,
    compared: true,
    total,
    maxOccurrence,
    claims,
    passed: isWithin(total) && isWithin(maxOccurrence) && claims.unexplained === 0,
  };
}

/** Two backends that could not be compared, and why. */
export function notCompared(
  level: OptimizationLevel,
  [first, other]: readonly [Backend, Backend],
  reason: string,
): AgreementEntry {
  return {
    level,
    backends: [first.name, other.name],
    promised: Math.max(first.agreement, other.agreement),
    compared: false,
    total: NONE,
    maxOccurrence: NONE,
    claims: { differing: 0, unexplained: 0 },
    passed: true,
    reason,
  };
}

/** A value that is not finite equals only itself; any other difference where the ground-up sum is 0 is beyond measure. */
function largestRelative(a: Float64Array, b: Float64Array, groundUp: Float64Array): LargestDifference {
  let largest = 0;
  let trial: number | null = null;
  for (let t = 0; t < a.length; t++) {
    if (a[t] === b[t] || Object.is(a[t], b[t])) continue;
    const relative = Math.abs(a[t] - b[t]) / groundUp[t];
    if (!(relative < Infinity)) return { relative: null, trial: t };
    if (relative <= largest && trial !== null) continue;
    largest = relative;
    trial = t;
  }
  return { relative: largest, trial };
}

function compareClaims(a: TrialLosses, b: TrialLosses, promised: number): AgreementEntry["claims"] {
  let differing = 0;
  let silent = 0;
  let paying = 0;
  for (let t = 0; t < a.claims.length; t++) {
    paying += a.claims[t];
    if (a.claims[t] === b.claims[t]) continue;
    differing++;
    if (a.total[t] === b.total[t] && a.maxOccurrence[t] === b.maxOccurrence[t]) silent++;
  }
  const mayDiffer = promised === 0 ? 0 : 1 + AT_THRESHOLD * promised * paying;
  return { differing, unexplained: differing > mayDiffer ? differing : silent };
}
