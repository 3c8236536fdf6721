import { LossmillError } from "../errors.ts";
import { BLOCK_TRIALS } from "../plan/block.ts";
import { COUNTS, uniformSource } from "../random/uniforms.ts";
import { DIGITS, directionIntegers, MOST_DIMENSIONS } from "./directions.ts";
import type { Driver } from "./driver.ts";
import { STEP, ZERO_READ_AS } from "./grid.ts";
import { reverseBits, scrambleReversed } from "./owen.ts";

/** The stream that scrambles are drawn from; no copy of a line may have it. */
export const SCRAMBLE_STREAM = 0xffffffff;

const PER_2_32 = 1 / 0x100000000;
const TWO_21 = 0x200000;
const TWO_32 = 0x100000000;
/** Blocks whose points a replicate has: 2^32 points in all. */
const MOST_BLOCKS = TWO_32 / BLOCK_TRIALS;
/** A trial's 12 bits are looked up in two halves. */
const HALF = 64;
// What a dimension has in one row: its look-ups of both halves, the digits of the block's first point, its scrambling.
const BASE = 2 * HALF;
const ADDEND = BASE + 1;
const FACTOR = BASE + 2;
const ROW = BASE + 8;

export interface SobolOptions {
  /** The plan's, in decimal digits. */
  readonly seed: string;
  /** Independently scrambled copies of the sequence that blocks take turns in: block b belongs to replicate b mod this. */
  readonly replicates: number;
  /**
   * The dimension, from 0 to 255, of draw 0 of a copy, its count, and of draw 1 + k, its claim number k; −1 where the draw
   * keeps its own uniform, and then so do all later claims.
   */
  readonly dimensions: (line: number, copy: number, draw: number) => number;
}

/** The scrambled points of one block after the other. */
export interface SobolPoints {
  /** The digits of point `index` < 2^32 in a dimension, not scrambled and in opposite order. */
  readonly digits: (dimension: number, index: number) => number;
  /** Goes to points first … first + 4,095 of a scrambling; `first` is a multiple of 4,096. */
  readonly begin: (replicate: number, first: number) => void;
  /** Makes a dimension ready; once in a block at least, before its points are asked for. */
  readonly ready: (dimension: number) => void;
  /** Replaces uniforms[i] by what stands for it in point first + from + i, for i < n. */
  readonly replace: (dimension: number, from: number, n: number, uniforms: Float64Array) => void;
  /** Replaces uniforms[i] by what stands for it in point first + trial. */
  readonly replaceOne: (dimension: number, trial: number, i: number, uniforms: Float64Array) => void;
}

/**
 * Puts 32 bits in place of the upper ones of a uniform; the lower 21 become its upper ones. No number that is not whole goes
 * in or out: where this is not inlined, an engine would have to allocate it.
 */
function setUpper(uniforms: Float64Array, i: number, upper: number): void {
  const uniform = (upper >>> 0) * PER_2_32 + Math.floor(uniforms[i] * TWO_21) * STEP;
  uniforms[i] = Math.max(uniform, ZERO_READ_AS);
}

/**
 * The Sobol sequence with the origin first and in the order of the Gray code: the digits of point n are the xor of the
 * direction integers at the bits of n ^ ⌊n / 2⌋ (Antonov and Saleev 1979). They are a linear function of the bits of n, so
 * those of a block's points are that of its first, xor two look-ups.
 *
 * The scrambling of a dimension is one word of 64 bits of the stream SCRAMBLE_STREAM, whose block is the replicate and whose
 * purpose COUNTS: word d for dimension d, of its uniform 32 bits as an addend, and the other 21 in an odd factor (owen.ts).
 */
export function sobolPoints(seed: string): SobolPoints {
  const directions = new Int32Array(directionIntegers()).map(reverseBits);
  const rows = new Int32Array(MOST_DIMENSIONS * ROW);
  const hasTables = new Uint8Array(MOST_DIMENSIONS);
  const source = uniformSource(seed);
  const words = new Float64Array(MOST_DIMENSIONS);
  let scrambledFor = -1;
  let firstPoint = 0;

  function digits(dimension: number, index: number): number {
    let result = 0;
    for (let gray = (index ^ (index >>> 1)) >>> 0, at = dimension * DIGITS; gray !== 0; gray >>>= 1, at++) {
      if ((gray & 1) === 1) result ^= directions[at];
    }
    return result;
  }

  function makeTables(dimension: number): void {
    hasTables[dimension] = 1;
    for (let i = 0, at = dimension * ROW; i < HALF; i++, at++) {
      rows[at] = digits(dimension, i);
      rows[at + HALF] = digits(dimension, i * HALF);
    }
  }

  function replaceOne(dimension: number, trial: number, i: number, uniforms: Float64Array): void {
    const at = dimension * ROW;
    const point = rows[at + BASE] ^ rows[at + (trial & (HALF - 1))] ^ rows[at + HALF + (trial >>> 6)];
    setUpper(uniforms, i, reverseBits(scrambleReversed(point, rows[at + ADDEND], rows[at + FACTOR])));
  }

  return {
    digits,
    begin(replicate, first) {
      firstPoint = first;
      if (replicate === scrambledFor) return;
      scrambledFor = replicate;
      source.seek(SCRAMBLE_STREAM, replicate, COUNTS);
      source.fill(words, MOST_DIMENSIONS);
      for (let i = 0, at = 0; i < MOST_DIMENSIONS; i++, at += ROW) {
        const scaled = words[i] * TWO_32;
        const addend = Math.floor(scaled);
        rows[at + ADDEND] = addend;
        rows[at + FACTOR] = 2 * Math.floor((scaled - addend) * TWO_21) + 1;
      }
    },
    ready(dimension) {
      if (hasTables[dimension] === 0) makeTables(dimension);
      rows[dimension * ROW + BASE] = digits(dimension, firstPoint);
    },
    replace(dimension, from, n, uniforms) {
      for (let i = 0; i < n; i++) replaceOne(dimension, from + i, i, uniforms);
    },
    replaceOne,
  };
}

/**
 * Randomized quasi-Monte Carlo: a trial's driven uniforms are the coordinates of one point of an Owen-scrambled Sobol
 * sequence in their upper 32 bits, and their own upper 21 bits below. Trial t of block b is point ⌊b / R⌋ · 4096 + t of
 * replicate b mod R. A scrambled point is uniform in the unit cube, for each dimension has a scrambling of its own, so that
 * every trial has its law. Replicates are independent, and the spread of their means is the error's measure (Owen 1995);
 * for smooth functions of few dimensions the error falls like n^(-3/2), up to logarithms, if n is a power of 2 (Owen 1997,
 * "Scrambled net variance for integrals of smooth functions").
 *
 * `begin` throws LossmillError NOT_SUPPORTED at `trials` beyond 2^32 points of a replicate; `counts` BAD_PLAN at a line
 * that asks for a dimension that there is not.
 */
export function sobolDriver({ seed, replicates, dimensions }: SobolOptions): Driver {
  if (!Number.isInteger(replicates) || replicates < 1) {
    throw new LossmillError("BAD_PLAN", {
      place: "replicates",
      message: `${replicates} is not a whole number above 0`,
    });
  }
  const points = sobolPoints(seed);
  const ofClaims = new Uint8Array(MOST_DIMENSIONS);
  let driven = 0;
  let ofCount = -1;
  /** The trial whose claim came last, and that claim's number in it. */
  let trial = -1;
  let number = 0;

  function dimensionOf(line: number, copy: number, draw: number): number {
    const dimension = dimensions(line, copy, draw);
    if (dimension >= MOST_DIMENSIONS) {
      const message = `dimension ${dimension} of copy ${copy} is beyond the ${MOST_DIMENSIONS} that there are`;
      throw new LossmillError("BAD_PLAN", { place: `lines[${line}]`, message });
    }
    if (dimension >= 0) points.ready(dimension);
    return dimension;
  }

  function beginCopy(line: number, copy: number): void {
    trial = -1;
    ofCount = dimensionOf(line, copy, 0);
    driven = 0;
    while (driven < MOST_DIMENSIONS) {
      const dimension = dimensionOf(line, copy, 1 + driven);
      if (dimension < 0) break;
      ofClaims[driven++] = dimension;
    }
  }

  return {
    begin(block) {
      const ofReplicate = Math.floor(block / replicates);
      if (ofReplicate >= MOST_BLOCKS) {
        const message = `a replicate of a Sobol sequence has 2^32 points: block ${block} lies beyond`;
        throw new LossmillError("NOT_SUPPORTED", { place: "trials", message });
      }
      points.begin(block % replicates, ofReplicate * BLOCK_TRIALS);
    },
    counts(line, copy, first, n, uniforms) {
      if (first === 0) beginCopy(line, copy);
      if (ofCount >= 0) points.replace(ofCount, first, n, uniforms);
    },
    claims(_line, _copy, n, uniforms, trials) {
      for (let i = 0; i < n; i++) {
        if (trials[i] === trial) number++;
        else {
          trial = trials[i];
          number = 0;
        }
        if (number < driven) points.replaceOne(ofClaims[number], trial, i, uniforms);
      }
    },
  };
}
