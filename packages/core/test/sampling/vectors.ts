import { readFileSync } from "node:fs";

interface Moments {
  readonly mean: number;
  readonly min: number;
}

/** fixtures/vectors/sobol.json (SciPy 1.10.1, and Boost 1.74); dimensions from 1 on. */
interface Vectors {
  readonly firstPoints: { readonly dimensions: readonly number[]; readonly points: readonly (readonly number[])[] };
  readonly highDimensions: {
    readonly columns: readonly { readonly dimension: number; readonly values: readonly number[] }[];
  };
  readonly directionIntegers: readonly { readonly dimension: number; readonly v: readonly number[] }[];
  readonly fastForward: readonly {
    readonly start: number;
    readonly dimensions: readonly number[];
    readonly points: readonly (readonly number[])[];
  }[];
  readonly scrambledDiscrepancyBands: {
    readonly cases: readonly {
      readonly d: number;
      readonly n: number;
      readonly scrambled: Moments;
      readonly iidUniform: Moments;
    }[];
  };
  readonly integrationRmse: {
    readonly cases: readonly {
      readonly function: string;
      readonly d: number;
      readonly n: number;
      readonly reference: number;
      readonly rmseScrambled: number;
    }[];
  };
}

const fixtures = new URL("../../../../fixtures/", import.meta.url);

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, fixtures), "utf8"));
}

export const vectors = read("vectors/sobol.json") as Vectors;

/** Words, seeds and what a published hash makes of them: fixtures/owen-scrambling.json. */
export const scrambledWords = (read("owen-scrambling.json") as { readonly rows: readonly [number, number, number][] })
  .rows;
