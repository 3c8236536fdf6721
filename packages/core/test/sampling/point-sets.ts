import { uniformSource } from "../../src/random/uniforms.ts";
import type { Driver } from "../../src/sampling/driver.ts";
import { sobolDriver } from "../../src/sampling/sobol.ts";
import { drive } from "./drive.ts";

/** The kernel's own uniforms. */
export const plain = uniformSource("77");

interface PointSet {
  readonly replicates?: number;
  readonly block?: number;
  readonly trials?: number;
}

/** The coordinates of a block's trials in dimensions 0 … d − 1: the counts of d lines. */
export function pointSet(seed: string, d: number, options: PointSet): Float64Array[] {
  return pointsOf(countsDriver(seed, options.replicates ?? 1), d, options);
}

/** Line i's counts are dimension i. */
export function countsDriver(seed: string, replicates: number): Driver {
  return sobolDriver({ seed, replicates, dimensions: (line, _, draw) => (draw ? -1 : line) });
}

/** What a driver makes of the counts of d lines in a block. */
export function pointsOf(driver: Driver, d: number, options: PointSet): Float64Array[] {
  const lines = Array.from({ length: d }, () => ({ copies: 1, count: () => 0 }));
  return drive(driver, plain, lines, options).map(({ counts }) => counts);
}
