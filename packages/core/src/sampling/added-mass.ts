/** ∫ (ratio − 1) over the claims of a line: how many are added in a trial of odd number, for one that is there. */
export function addedMass(tails: readonly number[], ratios: readonly number[]): number {
  let added = 0;
  for (let k = 0; k < tails.length; k++) added += (ratios[k + 1] - 1) * (tails[k] - (tails[k + 1] ?? 0));
  return added;
}
