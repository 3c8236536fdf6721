// Quantile tables: ../src/plan/curves/plain-quantile-table.ts is the same, operation for operation. AssemblyScript; see
// build.ts. A table is some eight thousand amounts, and JavaScript takes four times as long for two thirds of them.
//
// Memory: what the host writes, the matrix of the interpolation, by nodes, the roots 2^(j/512), the normals that are asked
// for and the law's curve, and between them the table; constants behind that (build.ts).
const MATRIX: usize = 0;
const ROOTS: usize = 512;
const NORMALS: usize = ROOTS + 8 * 512;
const TABLE: usize = NORMALS + 1024 * 72;
const CURVE: usize = TABLE + 65536;

/** Bytes of a row of the table and of the normals that it asks for: eight nodes, and where it begins. */
const ROW: usize = 64;
const ASKED: usize = 72;
const ROWS_PER_OCTAVE: usize = 8;
const NODES: usize = 8;

const ROUNDER = memory.data<f64>([6755399441055744, 6755399441055744], 16);
const ROOT_ROUNDER = memory.data<f64>([13194139533312, 13194139533312], 16);
/** recipe.ts's EXP2. */
const EXP2 = memory.data<f64>([
  0.6931471805599453, 0.6931471805599453,
  0.2402265138385228, 0.2402265138385228,
  0.05550410961851198, 0.05550410961851198,
], 16);
const WHOLE = memory.data<u64>([0xfff0000000000000, 0xfff0000000000000], 16);
/** Amounts at a row's nodes and beginning. */
const AMOUNTS: usize = memory.data(80, 16);

export function matrixAt(): usize {
  return MATRIX;
}
export function rootsAt(): usize {
  return ROOTS;
}
export function normalsAt(): usize {
  return NORMALS;
}
export function tableAt(): usize {
  return TABLE;
}
export function curveAt(): usize {
  return CURVE;
}

// The law in hand: log2 of an amount is offset + slope · z, or shift + the curve at that.
let offset: f64 = 0;
let slope: f64 = 0;
let shift: f64 = 0;
let isCurve: bool = false;
let tolerance: f64 = 0;

export function take(curved: bool, offsetOf: f64, slopeOf: f64, shiftOf: f64, toleranceOf: f64): void {
  isCurve = curved;
  offset = offsetOf;
  slope = slopeOf;
  shift = shiftOf;
  tolerance = toleranceOf;
}

/** The polynomial of degree 7 whose coefficients begin at `row`. */
function polynomial(row: usize, d: f64): f64 {
  const d2 = d * d;
  const e = load<f64>(row, 56) * d + load<f64>(row, 48);
  const a = load<f64>(row, 40) * d + load<f64>(row, 32);
  const b = load<f64>(row, 24) * d + load<f64>(row, 16);
  const c = load<f64>(row, 8) * d + load<f64>(row);
  return (e * d2 + a) * (d2 * d2) + (b * d2 + c);
}

/** Two polynomials of the curve. */
// @ts-ignore: decorator
@inline
function curved(position: v128): v128 {
  const rounded = f64x2.add(position, v128.load(ROUNDER));
  const d = f64x2.sub(position, f64x2.sub(rounded, v128.load(ROUNDER)));
  const row = i64x2.shl(rounded, 6);
  const first = polynomial(CURVE + <usize>(<u32>i64x2.extract_lane(row, 0)), f64x2.extract_lane(d, 0));
  const second = polynomial(CURVE + <usize>(<u32>i64x2.extract_lane(row, 1)), f64x2.extract_lane(d, 1));
  return f64x2.replace_lane(f64x2.splat(first), 1, second);
}

/** The amounts at two normals. */
// @ts-ignore: decorator
@inline
function amounts(z: v128): v128 {
  let t = f64x2.add(f64x2.mul(f64x2.splat(slope), z), f64x2.splat(offset));
  if (isCurve) t = f64x2.add(curved(t), f64x2.splat(shift));
  const rounded = f64x2.add(t, v128.load(ROOT_ROUNDER));
  const f = f64x2.sub(t, f64x2.sub(rounded, v128.load(ROOT_ROUNDER)));
  const high = f64x2.add(f64x2.mul(f, v128.load(EXP2, 32)), v128.load(EXP2, 16));
  const q = f64x2.mul(f64x2.add(f64x2.mul(high, f), v128.load(EXP2)), f);
  const r = ROOTS + ((<usize>i64x2.extract_lane(rounded, 0) & 511) << 3);
  const s = ROOTS + ((<usize>i64x2.extract_lane(rounded, 1) & 511) << 3);
  const roots = v128.load64_lane(s, v128.load64_zero(r), 1);
  const power = i64x2.add(roots, v128.and(i64x2.shl(rounded, 43), v128.load(WHOLE)));
  return f64x2.add(f64x2.mul(power, q), power);
}

/** Writes a row. Returns whether it is fine enough, by the amount where it begins. */
function writeRow(row: usize, perWidth: f64): bool {
  const z = NORMALS + row * ASKED;
  v128.store(AMOUNTS, amounts(v128.load(z)));
  v128.store(AMOUNTS, amounts(v128.load(z, 16)), 16);
  v128.store(AMOUNTS, amounts(v128.load(z, 32)), 32);
  v128.store(AMOUNTS, amounts(v128.load(z, 48)), 48);
  v128.store(AMOUNTS, amounts(v128.load64_splat(z, 64)), 64);
  // Relative to one of them; coefficients two by two, each the sum over all nodes in their order.
  const reference = load<f64>(AMOUNTS, 8 * (NODES >> 1));
  let c01 = f64x2.splat(0);
  let c23 = c01;
  let c45 = c01;
  let c67 = c01;
  for (let j: usize = 0; j < NODES; j++) {
    const value = f64x2.splat(load<f64>(AMOUNTS + (j << 3)) - reference);
    const weights = MATRIX + (j << 6);
    c01 = f64x2.add(c01, f64x2.mul(v128.load(weights), value));
    c23 = f64x2.add(c23, f64x2.mul(v128.load(weights, 16), value));
    c45 = f64x2.add(c45, f64x2.mul(v128.load(weights, 32), value));
    c67 = f64x2.add(c67, f64x2.mul(v128.load(weights, 48), value));
  }
  // Times perWidth^k, a power of two.
  const twice = f64x2.splat(perWidth * perWidth);
  let scale = f64x2.replace_lane(f64x2.splat(1), 1, perWidth);
  const at = TABLE + row * ROW;
  v128.store(at, f64x2.mul(c01, scale));
  store<f64>(at, reference + f64x2.extract_lane(c01, 0));
  scale = f64x2.mul(scale, twice);
  v128.store(at, f64x2.mul(c23, scale), 16);
  scale = f64x2.mul(scale, twice);
  v128.store(at, f64x2.mul(c45, scale), 32);
  scale = f64x2.mul(scale, twice);
  v128.store(at, f64x2.mul(c67, scale), 48);
  return abs(polynomial(at, -0.5 / perWidth) / load<f64>(AMOUNTS, 64) - 1) <= tolerance;
}

/** Writes the eight rows of the octave that begins at the tail `start`. Returns whether they are fine enough. */
export function octave(start: f64): bool {
  const first = <usize>((reinterpret<u64>(start) >> 49) & 0x3ff);
  for (let row = first; row < first + ROWS_PER_OCTAVE; row++) {
    if (!writeRow(row, 8 / start)) return false;
  }
  return true;
}

/** Writes a table: octaves from 1/4 down to 2^lowest, of the upper tail down to 2^lowestUpper. Returns whether it can be used. */
export function table(lowest: i32, lowestUpper: i32): bool {
  memory.fill(TABLE, 0, 65536);
  // From the middle outwards: what is too coarse is so there.
  let start: f64 = 0.25;
  for (let k = -2; k >= lowest; k--, start *= 0.5) if (!octave(start)) return false;
  start = 0.25 * 2 ** -64;
  for (let k = -2; k >= lowestUpper; k--, start *= 0.5) if (!octave(start)) return false;
  // Of the octave of 1/2 only its beginning is a tail.
  const half = <usize>((reinterpret<u64>(0.5) >> 49) & 0x3ff);
  store<f64>(TABLE + half * ROW, f64x2.extract_lane(amounts(v128.load64_splat(NORMALS + half * ASKED, 64)), 0));
  return true;
}
