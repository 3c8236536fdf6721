import {
  type Control,
  type Plan,
  type Report,
  type TrialLosses,
  claimIntensity,
  conditionalReport,
  controlMeans,
  existingMoments,
  groupingOf,
  intensityTable,
  sampledReport,
} from "@lossmill/core";

/** The figures of a run of a plan that has a sampling. */
export function sampledFigures(plan: Plan, losses: TrialLosses, levels: readonly number[] | undefined): Report {
  const { total, maxOccurrence, claims, weight } = losses;
  if (plan.sampling!.method === "conditional") {
    const [ties] = losses.controls!;
    const table = intensityTable(claimIntensity(plan));
    const exists = existingMoments(plan);
    return conditionalReport({ total, maxOccurrence, claims, ties, table, exists, ...(levels && { levels }) });
  }
  return sampledReport({
    total,
    maxOccurrence,
    claims,
    weights: weight ?? null,
    grouping: groupingOf(plan.sampling!),
    controls: controlsOf(plan, losses),
    exists: existingMoments(plan),
    ...(levels && { levels }),
  });
}

/** What was kept beside the losses, with its mean; what may have no variance is left out. */
function controlsOf(plan: Plan, { claims, controls }: TrialLosses): Control[] {
  if (controls === undefined) return [];
  const means = controlMeans(plan);
  const [low, high] = controls;
  const known = [
    { values: claims, mean: means.claims },
    { values: low, mean: means.controls[0] },
  ];
  return existingMoments(plan).variance ? [...known, { values: high, mean: means.controls[1] }] : known;
}
