import { BLOCK_TRIALS } from "../../src/plan/block.ts";
import { COUNTS, SEVERITIES, type UniformSource } from "../../src/random/uniforms.ts";
import type { Driver } from "../../src/sampling/driver.ts";

/** A driver that changes nothing: independent trials. */
export const plainDriver: Driver = { begin() {}, counts() {}, claims() {} };

export interface Line {
  readonly copies: number;
  /** The number of claims of a count uniform. */
  readonly count: (u: number) => number;
}

/** What a driver made of a copy's uniforms, count by count and claim by claim. */
export interface Driven {
  readonly counts: Float64Array;
  readonly claims: Float64Array;
  /** The trial of each claim. */
  readonly trials: Uint16Array;
}

export interface Drive {
  readonly block?: number;
  readonly trials?: number;
  /** The size of the next chunk, of counts or of claims. */
  readonly cut?: () => number;
}

/** Poisson by inversion. */
export function poisson(mean: number): (u: number) => number {
  const cdf: number[] = [];
  for (let n = 0, p = Math.exp(-mean), sum = p; n < 60; n++, p *= mean / n, sum += p) cdf.push(sum);
  return (u) => cdf.findIndex((sum) => sum >= u);
}

const UNTOUCHED = 0.123;

/**
 * A kernel as far as a driver sees it: its own uniforms in chunks, the claims of a chunk's trials after or between them. The
 * arrays are longer than the chunks; what is beyond has to stay.
 */
export function drive(driver: Driver, source: UniformSource, lines: readonly Line[], options: Drive = {}): Driven[] {
  driver.begin(options.block ?? 0);
  let stream = 0;
  return lines.flatMap(({ copies, count }, line) =>
    Array.from({ length: copies }, (_, copy) => {
      const draw = drawer(source, stream++, options.block ?? 0);
      return driveCopy(driver, { line, copy, draw, count }, options);
    }),
  );
}

/** Draws the first n uniforms of a purpose. */
type Draw = (purpose: typeof COUNTS | typeof SEVERITIES, n: number) => Float64Array;

function drawer(source: UniformSource, stream: number, block: number): Draw {
  return (purpose, n) => {
    const out = new Float64Array(n);
    source.seek(stream, block, purpose);
    source.fill(out, n);
    return out;
  };
}

interface Copy {
  readonly line: number;
  readonly copy: number;
  readonly draw: Draw;
  readonly count: Line["count"];
}

function driveCopy(driver: Driver, { line, copy, draw, count }: Copy, options: Drive): Driven {
  const { trials = BLOCK_TRIALS, cut = () => 1000 } = options;
  const counts = draw(COUNTS, trials);
  // A line here has 4 claims a trial on average at most; where no count has any, none are drawn.
  const claims = draw(SEVERITIES, count(1 - 2 ** -53) === 0 ? 0 : 6 * BLOCK_TRIALS);
  const owners: number[] = [];
  let [counted, taken] = [0, 0];

  function countSome(): void {
    const first = counted;
    const n = Math.min(cut(), trials - first);
    change(counts, first, n, (chunk) => driver.counts(line, copy, first, n, chunk));
    for (; counted < first + n; counted++) {
      for (let left = count(counts[counted]); left > 0; left--) owners.push(counted);
    }
  }

  function takeSome(most: number): void {
    const n = Math.min(most, owners.length - taken);
    const owned = Uint16Array.from([...owners.slice(taken, taken + n), 4095]);
    change(claims, taken, n, (chunk) => driver.claims(line, copy, n, chunk, owned));
    taken += n;
  }

  while (counted < trials) {
    countSome();
    // Some of the claims may wait until more counts have come.
    for (let most = cut(); taken < owners.length && most > 2; most = cut()) takeSome(most);
  }
  while (taken < owners.length) takeSome(cut());
  return { counts, claims: claims.slice(0, taken), trials: Uint16Array.from(owners) };
}

function change(all: Float64Array, first: number, n: number, by: (chunk: Float64Array) => void): void {
  const chunk = new Float64Array(n + 1).fill(UNTOUCHED);
  chunk.set(all.subarray(first, first + n));
  by(chunk);
  if (chunk[n] !== UNTOUCHED) throw new Error("a driver changed more than its chunk");
  all.set(chunk.subarray(0, n), first);
}

/** A total of exponential claims of mean 1 for each trial, over all lines and copies. */
export function totals(driven: readonly Driven[], trials: number = BLOCK_TRIALS): Float64Array {
  const total = new Float64Array(trials);
  for (const copy of driven) copy.claims.forEach((u, i) => (total[copy.trials[i]] -= Math.log(u)));
  return total;
}

/** Chunk sizes from 1 to `most`, the same for the same seed (Park and Miller 1988). */
export function randomCuts(seed: number, most: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return 1 + (state % most);
  };
}

/** Of numbers: their mean, their variance, and how many standard errors the mean is from `expected`. */
export function spread(values: readonly number[], expected: number): { mean: number; variance: number; z: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, variance, z: (mean - expected) / Math.sqrt(variance / values.length) };
}
