import type { Collected } from "@lossmill/core";

/** The first thing in which two runs of one plan differ by a bit; null where there is none. */
export function firstDifference(a: Collected, b: Collected): string | null {
  if (a.trials !== b.trials) return `trials: ${a.trials} and ${b.trials}`;
  if (a.summary?.draws !== b.summary?.draws) return `draws: ${a.summary?.draws} and ${b.summary?.draws}`;
  for (const name of ["total", "maxOccurrence", "claims"] as const) {
    const place = differing(a.losses[name], b.losses[name]);
    if (place >= 0) return `${name}[${place}]: ${a.losses[name][place]} and ${b.losses[name][place]}`;
  }
  for (const name of ["weight", "controls", "byPolicy"] as const) {
    const difference = listDifference(name, listed(a.losses[name]), listed(b.losses[name]));
    if (difference !== null) return difference;
  }
  return null;
}

/** What only some plans have, as a list of arrays. */
function listed(arrays: Float64Array | readonly Float64Array[] = []): readonly Float64Array[] {
  return arrays instanceof Float64Array ? [arrays] : arrays;
}

function listDifference(name: string, a: readonly Float64Array[], b: readonly Float64Array[]): string | null {
  if (a.length !== b.length) return `${name}: ${a.length} and ${b.length} arrays`;
  for (let i = 0; i < a.length; i++) {
    const place = differing(a[i], b[i]);
    if (place >= 0) return `${name}[${i}][${place}]: ${a[i][place]} and ${b[i][place]}`;
  }
  return null;
}

/** Throws where a run has not every bit of the run that it is due to repeat. */
export function sameBits(what: string, due: Collected, found: Collected): void {
  const difference = firstDifference(due, found);
  if (difference !== null) throw new Error(`${what}: expected the same bits, found ${difference}`);
}

/** The first `trials` trials of a run; draws are those of all, and left out. */
export function beginning(run: Collected, trials: number): Collected {
  const { total, maxOccurrence, claims, weight, controls, byPolicy } = run.losses;
  const cut = (values: Float64Array) => values.subarray(0, trials);
  return {
    trials: Math.min(run.trials, trials),
    complete: true,
    summary: null,
    losses: {
      total: cut(total),
      maxOccurrence: cut(maxOccurrence),
      claims: cut(claims),
      ...(weight && { weight: cut(weight) }),
      ...(controls && { controls: controls.map(cut) }),
      ...(byPolicy && { byPolicy: byPolicy.map(cut) }),
    },
  };
}

function differing(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) return Math.min(a.length, b.length);
  for (let t = 0; t < a.length; t++) if (!Object.is(a[t], b[t])) return t;
  return -1;
}
