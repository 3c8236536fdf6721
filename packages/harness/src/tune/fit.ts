import { sumOf } from "@lossmill/core/math";
/** Sweeps over the coefficients; they settle within a few hundred. */
const SWEEPS = 20_000;
const SETTLED = 1e-9;

/**
 * The coefficients, none below 0, with which Σ coefficient · row[j] comes closest to the targets, differences being
 * counted in units of `scales` (by default the targets: relative errors): least squares by coordinate descent (Franc,
 * Hlaváč and Navara 2005).
 */
export function fit(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  scales: readonly number[] = targets,
): number[] {
  const scaled = rows.map((row, i) => row.map((value) => value / scales[i]));
  const width = rows[0].length;
  const gram = products(scaled, width);
  const wanted = Array.from({ length: width }, (_, j) => sumOf(scaled, (row, i) => (row[j] * targets[i]) / scales[i]));
  const found = Array.from({ length: width }, () => 0);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let moved = 0;
    for (let j = 0; j < width; j++) {
      if (gram[j][j] === 0) continue;
      const gradient = sumOf(gram[j], (value, k) => value * found[k]) - wanted[j];
      const next = Math.max(0, found[j] - gradient / gram[j][j]);
      moved = Math.max(moved, Math.abs(next - found[j]) * Math.sqrt(gram[j][j]));
      found[j] = next;
    }
    if (moved < SETTLED) break;
  }
  return found;
}

/** Rowsᵀ · rows. */
function products(rows: readonly (readonly number[])[], width: number): number[][] {
  const columns = Array.from({ length: width }, (_, j) => rows.map((row) => row[j]));
  return columns.map((left) => columns.map((right) => sumOf(left, (value, i) => value * right[i])));
}
