import { compiledModule } from "../compiled-module.ts";
import { MOMENTS_WASM } from "./moments-wasm.ts";

/** Sums over a sample: of no values, least Infinity and largest −Infinity. */
export interface Sums {
  /** Finds `least`, `largest` and `sum` of the first `count` values. */
  range(values: Float64Array, count: number): void;
  /** Finds the sums of the first four powers of value − pivot, of the values that `range` was asked about. */
  powers(pivot: number): void;
  /** What was found, by `FOUND`. */
  readonly found: Float64Array;
}

export const FOUND = { least: 0, largest: 1, sum: 2, first: 3, second: 4, third: 5, fourth: 6, fields: 7 } as const;

/** In plain code: four sums side by side, then two, as the compiled module has them. */
export function plainSums(): Sums {
  const found = new Float64Array(FOUND.fields);
  let sample: Float64Array = found;
  let length = 0;
  return {
    found,
    range(values, count) {
      sample = values;
      length = count;
      const even = count & ~3;
      let least = Infinity;
      let largest = -Infinity;
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let i = 0; i < even; i += 4) {
        a += values[i];
        b += values[i + 1];
        c += values[i + 2];
        d += values[i + 3];
      }
      for (let i = even; i < count; i++) a += values[i];
      for (let i = 0; i < count; i++) {
        const x = values[i];
        if (x < least) least = x;
        if (x > largest) largest = x;
      }
      found[FOUND.least] = least;
      found[FOUND.largest] = largest;
      found[FOUND.sum] = a + c + (b + d);
    },
    powers(pivot) {
      let [a1, a2, a3, a4] = [0, 0, 0, 0];
      let [b1, b2, b3, b4] = [0, 0, 0, 0];
      for (let i = 0; i < length; i += 2) {
        const a = sample[i] - pivot;
        const b = i + 1 < length ? sample[i + 1] - pivot : 0;
        const aa = a * a;
        const bb = b * b;
        a1 += a;
        a2 += aa;
        a3 += aa * a;
        a4 += aa * aa;
        b1 += b;
        b2 += bb;
        b3 += bb * b;
        b4 += bb * bb;
      }
      found[FOUND.first] = a1 + b1;
      found[FOUND.second] = a2 + b2;
      found[FOUND.third] = a3 + b3;
      found[FOUND.fourth] = a4 + b4;
    },
  };
}

interface MomentsExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly range: (count: number) => void;
  readonly powers: (count: number, pivot: number) => void;
}

const VALUES_AT = 64;
/** As many values as the module takes: a block. */
const MOST_VALUES = 4096;

/** In WebAssembly, bit for bit `plainSums`, in a third of the time; null where the host has none with SIMD. */
export function compiledSums(): Sums | null {
  const exports = compiledModule(MOMENTS_WASM) as MomentsExports | null;
  if (exports === null) return null;
  const plain = plainSums();
  const { memory, range, powers } = exports;
  const found = new Float64Array(memory.buffer, 0, FOUND.fields);
  const copy = new Float64Array(memory.buffer, VALUES_AT, MOST_VALUES);
  let length = 0;
  return {
    found,
    range(values, count) {
      length = count;
      if (count > MOST_VALUES) {
        plain.range(values, count);
        found.set(plain.found);
        return;
      }
      copy.set(count === values.length ? values : values.subarray(0, count));
      range(count);
    },
    powers(pivot) {
      if (length <= MOST_VALUES) return powers(length, pivot);
      plain.powers(pivot);
      found.set(plain.found);
    },
  };
}
