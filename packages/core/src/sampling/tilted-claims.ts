import { BLOCK_TRIALS } from "../plan/block.ts";
import { drawnMean, isPlainPoisson } from "../plan/line-tables.ts";
import type { Line } from "../plan/plan.ts";
import { addedMass } from "./added-mass.ts";
import { type RatioProducts, LARGEST, leavesDoubles, rescale } from "./ratio-products.ts";

/**
 * How uniforms of a line's claims become upper tails: piece by piece a straight line. One after the other for each piece where
 * it begins, its tail there, by how much that rises, and by what a claim there multiplies its trial's R, below 0 where it is one that
 * was added; behind the last one Infinity. Side by side, for lines of few claims find nothing in a cache.
 */
export interface TiltedClaims {
  readonly rows: Float64Array;
  /** By the uniform times its length, or half of that: where the first piece begins in `rows` that it may lie in. */
  readonly guide: Uint16Array;
  /** Whether claims of trials of odd number have pieces of their own, behind the others, as has their half of the guide. */
  readonly isApart: boolean;
}

const FIELDS = 4;
/** Entries of a guide into a line's pieces: the more of them the fewer steps a claim takes, and the longer to make. */
const GUIDE = { frequent: 1024, rare: 32 } as const;
/** Claims a block that make a line frequent. */
const FREQUENT = 256;
/** Upper tails are between. */
const LEAST = Number.EPSILON / 4;
const MOST = 1 - Number.EPSILON / 2;

/** By the number of a ratio. */
type ByRatio = (k: number) => number;

/** Claims of which upper tails in a cell of ratio k come with density(k). */
interface Share {
  readonly density: ByRatio;
  readonly isAdded: boolean;
}

/**
 * Of the claims of a Poisson line the part added / (1 + added) was added; they come first, the largest before the others, then
 * those that were there. Those of other lines are all there, larger in trials of odd number.
 */
export function tiltedClaims(line: Line, ratios: readonly number[]): TiltedClaims {
  const added = addedMass(line.tilt!, ratios);
  const isFrequent = line.copies * drawnMean(line) * BLOCK_TRIALS >= FREQUENT;
  const entries = isFrequent ? GUIDE.frequent : GUIDE.rare;
  const kinds = isPlainPoisson(line) ? scattered(line, ratios, added) : apart(line, ratios, added);
  const rows = kinds.flat();
  const guide = kinds.flatMap((own, kind) => guideOf(own, entries, kind === 0 ? 0 : kinds[0].length));
  return { rows: Float64Array.from(rows), guide: Uint16Array.from(guide), isApart: kinds.length > 1 };
}

/** Rows of all trials. */
function scattered(line: Line, ratios: readonly number[], added: number): number[][] {
  const all = 1 + added / 2;
  const shares = [
    { density: (k: number) => (ratios[k] - 1) / 2 / all, isAdded: true },
    { density: () => 1 / all, isAdded: false },
  ];
  return [rowsOf(line, (k) => ratios[k], shares)];
}

/** Rows of trials of even and of odd number. */
function apart(line: Line, ratios: readonly number[], added: number): number[][] {
  const density: ByRatio = (k) => ratios[k] / (1 + added);
  const rowsFor = (own: ByRatio) => rowsOf(line, density, [{ density: own, isAdded: false }]);
  return [rowsFor(() => 1), rowsFor(density)];
}

/** One share after the other. Within the cell of one ratio, of upper tails in (tails[k + 1], tails[k]], claims of each are uniform. */
function rowsOf(line: Line, factor: ByRatio, shares: readonly Share[]): number[] {
  const tails = [1, ...line.tilt!, 0];
  const rows: number[] = [];
  let start = 0;
  for (const { density: densityOf, isAdded } of shares) {
    for (let k = tails.length - 2; k >= 0; k--) {
      const density = densityOf(k);
      const width = (tails[k] - tails[k + 1]) * density;
      if (width === 0) continue;
      rows.push(start, tails[k + 1], 1 / density, isAdded ? -factor(k) : factor(k));
      start += width;
    }
  }
  rows.push(Infinity);
  return rows;
}

function guideOf(rows: readonly number[], entries: number, first: number): number[] {
  let at = 0;
  return Array.from({ length: entries }, (_, i) => {
    while (i / entries >= rows[at + FIELDS]) at += FIELDS;
    return first + at;
  });
}

/** Uniforms to upper tails of the line's claims; those that were added go to trials of odd number, ratios to `products`. */
export function takeClaims(
  tilted: TiltedClaims,
  n: number,
  uniforms: Float64Array,
  trials: Uint16Array,
  products: RatioProducts,
): void {
  // Two loops: one for both took 10.3 to 14.3 ns for a scattered claim that takes 9.6 here.
  if (!tilted.isApart) takeScattered(tilted, n, uniforms, trials, products);
  else takeApart(tilted, n, uniforms, trials, products);
}

/** Ratios are at least 1. */
function takeScattered(
  { rows, guide }: TiltedClaims,
  n: number,
  uniforms: Float64Array,
  trials: Uint16Array,
  { values, overflows }: RatioProducts,
): void {
  const entries = guide.length;
  for (let i = 0; i < n; i++) {
    const u = uniforms[i];
    let at = guide[(u * entries) | 0];
    while (u >= rows[at + FIELDS]) at += FIELDS;
    const ratio = rows[at + 3];
    const t = trials[i] | Number(ratio < 0);
    trials[i] = t;
    values[t] *= Math.abs(ratio);
    if (values[t] > LARGEST) {
      values[t] /= LARGEST;
      overflows[t]++;
    }
    uniforms[i] = Math.min(Math.max(rows[at + 1] + (u - rows[at]) * rows[at + 2], LEAST), MOST);
  }
}

/** All claims stay in their trials. */
function takeApart(
  { rows, guide }: TiltedClaims,
  n: number,
  uniforms: Float64Array,
  trials: Uint16Array,
  { values, overflows }: RatioProducts,
): void {
  const entries = guide.length / 2;
  for (let i = 0; i < n; i++) {
    const u = uniforms[i];
    const t = trials[i];
    let at = guide[(t & 1) * entries + ((u * entries) | 0)];
    while (u >= rows[at + FIELDS]) at += FIELDS;
    values[t] *= rows[at + 3];
    if (leavesDoubles(values[t])) rescale(values, overflows, t);
    uniforms[i] = Math.min(Math.max(rows[at + 1] + (u - rows[at]) * rows[at + 2], LEAST), MOST);
  }
}
