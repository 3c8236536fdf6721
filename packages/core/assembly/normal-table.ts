// The table of normals: ../src/plan/curves/plain-normal-table.ts is the same, operation for operation, with the functions that it
// uses of ../src/math. AssemblyScript; see build.ts. It is made once a process, by code that JavaScript meets for the first time and
// has not compiled yet: there it takes ten times as long, and ten times its memory.
//
// Memory: the table, and the constants behind it (build.ts).
const LN2_HIGH: f64 = 6.9314718036912381649e-1;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const LOG2_E: f64 = 1.0 / (LN2_HIGH + LN2_LOW);
const INVERSE_SQRT_2PI: f64 = 0.3989422804014327;

/** Wichura 1988, algorithm AS 241: eight coefficients each. */
const CENTRE_TOP = memory.data<f64>([
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
]);
const CENTRE_BOTTOM = memory.data<f64>([
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852854,
]);
const MIDDLE_TOP = memory.data<f64>([
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
]);
const MIDDLE_BOTTOM = memory.data<f64>([
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
]);
const FAR_TOP = memory.data<f64>([
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
]);
const FAR_BOTTOM = memory.data<f64>([
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
]);

const ROWS_PER_OCTAVE: i32 = 32;
const LOWEST_OCTAVE: i32 = -63;
/** 2^-64, what tells upper tails from lower ones, and 2^64 and its powers. */
const UPPER: f64 = 5.421010862427522e-20;
const UP: f64 = 1.0 / UPPER;
const UP2: f64 = UP * UP;
const UP4: f64 = UP2 * UP2;

/** Writes all rows, 64 bytes each, from 0 on. */
export function make(): void {
  for (let octave = LOWEST_OCTAVE; octave < -1; octave++) writeOctave(octave, ROWS_PER_OCTAVE);
  writeOctave(-1, 1);
}

function writeOctave(octave: i32, count: i32): void {
  const start = powerOfTwo(octave);
  const width = start / <f64>ROWS_PER_OCTAVE;
  const lower = rowOf(start);
  const upper = rowOf(start * UPPER);
  for (let row = 0; row < count; row++) {
    const at = (<usize>row) << 6;
    writeRow(lower + at, start + <f64>row * width + width / 2.0, width / 2.0);
    mirrorRow(lower + at, upper + at);
  }
}

function writeRow(at: usize, p: f64, half: f64): void {
  const z = normalQuantile(p);
  const slope = 1.0 / normalDensity(z);
  const square = z * z;
  const slope2 = slope * slope;
  const slope4 = slope2 * slope2;
  const sixth = ((((120.0 * square + 326.0) * square + 127.0) * z) / 720.0) * slope4 * slope2;
  const half2 = half * half;
  store<f64>(at, z + (sixth * half2 * half2 * half2) / 32.0);
  store<f64>(at, slope, 8);
  store<f64>(at, (z / 2.0) * slope2 - (sixth * half2 * half2 * 18.0) / 32.0, 16);
  store<f64>(at, ((2.0 * square + 1.0) / 6.0) * slope2 * slope, 24);
  store<f64>(at, (((6.0 * square + 7.0) * z) / 24.0) * slope4 + (sixth * half2 * 48.0) / 32.0, 32);
  store<f64>(at, (((24.0 * square + 46.0) * square + 7.0) / 120.0) * slope4 * slope, 40);
  store<f64>(at, p, 56);
}

function mirrorRow(from: usize, to: usize): void {
  store<f64>(to, -load<f64>(from));
  store<f64>(to, -load<f64>(from, 8) * UP, 8);
  store<f64>(to, -load<f64>(from, 16) * UP2, 16);
  store<f64>(to, -load<f64>(from, 24) * (UP2 * UP), 24);
  store<f64>(to, -load<f64>(from, 32) * UP4, 32);
  store<f64>(to, -load<f64>(from, 40) * (UP4 * UP), 40);
  store<f64>(to, load<f64>(from, 56) * UPPER, 56);
}

/** Where the row of a tail begins. */
function rowOf(tail: f64): usize {
  return (<usize>((reinterpret<u64>(tail) >> 47) & 0xfff)) << 6;
}

/** Of the lower tail, for p of at most 1/2 and a little. */
function normalQuantile(p: f64): f64 {
  const centred = p - 0.5;
  if (abs<f64>(centred) <= 0.425) {
    const r = 0.180625 - centred * centred;
    return (centred * polynomial(CENTRE_TOP, r)) / polynomial(CENTRE_BOTTOM, r);
  }
  const r = sqrt<f64>(-log(p));
  return r <= 5.0
    ? -(polynomial(MIDDLE_TOP, r - 1.6) / polynomial(MIDDLE_BOTTOM, r - 1.6))
    : -(polynomial(FAR_TOP, r - 5.0) / polynomial(FAR_BOTTOM, r - 5.0));
}

function normalDensity(z: f64): f64 {
  const square = z * z;
  return INVERSE_SQRT_2PI * exp(-0.5 * square, -0.5 * squareError(z, square));
}

function polynomial(c: usize, x: f64): f64 {
  const square = x * x;
  let even = load<f64>(c, 48);
  let odd = load<f64>(c, 56);
  even = even * square + load<f64>(c, 32);
  odd = odd * square + load<f64>(c, 40);
  even = even * square + load<f64>(c, 16);
  odd = odd * square + load<f64>(c, 24);
  even = even * square + load<f64>(c);
  odd = odd * square + load<f64>(c, 8);
  return even + odd * x;
}

function powerOfTwo(k: i32): f64 {
  return reinterpret<f64>((<u64>(k + 1023)) << 52);
}

/** x² − square exactly. */
function squareError(x: f64, square: f64): f64 {
  const scaled = x * 134217729.0;
  const high = scaled - (scaled - x);
  const low = x - high;
  return high * high - square + high * low + low * high + low * low;
}

/** The natural logarithm of a positive normal double. */
function log(x: f64): f64 {
  const k = ((<i32>(reinterpret<u64>(x) >> 32) + (0x3ff00000 - 0x3fe6a09e)) >> 20) - 1023;
  const f = x * powerOfTwo(-k) - 1.0;
  const s = f / (2.0 + f);
  const half = 0.5 * f * f;
  const z = s * s;
  const whole = <f64>k;
  return whole * LN2_HIGH - (half - (s * (half + z * (2.0 / 3.0 + z * seriesTail(z))) + whole * LN2_LOW) - f);
}

function seriesTail(z: f64): f64 {
  const z2 = z * z;
  const z4 = z2 * z2;
  const first = 2.0 / 5.0 + (2.0 / 7.0) * z + (2.0 / 9.0 + (2.0 / 11.0) * z) * z2;
  const second = 2.0 / 13.0 + (2.0 / 15.0) * z + (2.0 / 17.0 + (2.0 / 19.0) * z) * z2;
  return first + (second + (2.0 / 21.0 + (2.0 / 23.0) * z) * z4) * z4;
}

/** e^(high + low), a normal double. */
function exp(high: f64, low: f64): f64 {
  const k = floor<f64>(high * LOG2_E + 0.5);
  const start = high - k * LN2_HIGH;
  const rest = low - k * LN2_LOW;
  const r = start + rest;
  const tail = rest - (r - start);
  return (1.0 + (r + (r * r * quadratic(r) + tail))) * powerOfTwo(<i32>k);
}

function quadratic(r: f64): f64 {
  const r2 = r * r;
  const r4 = r2 * r2;
  const first = 1.0 / 2.0 + (1.0 / 6.0) * r + (1.0 / 24.0 + (1.0 / 120.0) * r) * r2;
  const second = 1.0 / 720.0 + (1.0 / 5040.0) * r + (1.0 / 40320.0 + (1.0 / 362880.0) * r) * r2;
  const third = 1.0 / 3628800.0 + (1.0 / 39916800.0) * r + (1.0 / 479001600.0 + (1.0 / 6227020800.0) * r) * r2;
  return first + (second + third * r4) * r4;
}
