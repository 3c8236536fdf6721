import { z } from "zod";
import { sum } from "../../math/compensated-sum.ts";
import { type Complaint, probability } from "../define-law.ts";
import type { CountBase } from "./count-base.ts";
import { defineCount } from "./define-count.ts";
import { listedMasses } from "./numerics/masses.ts";
import { tailTable } from "./numerics/tail-table.ts";

/** How far the sum of the probabilities may be from 1: the rounding of a list as people write it. */
const SUM_TOLERANCE = 1e-9;

/** P(N = k) is the k-th of `probabilities`, from 0; they are divided by their sum, which must be 1 within 1e-9. */
export const empirical = defineCount(
  "empirical",
  { probabilities: z.array(probability()).min(1).max(100_000) },
  ({ probabilities }) => empiricalBase(probabilities),
  ({ probabilities }) => checkSum(sum(probabilities)),
);

function checkSum(total: number): Complaint[] {
  if (Math.abs(total - 1) <= SUM_TOLERANCE) return [];
  return [["probabilities", `must add up to 1 within ${SUM_TOLERANCE}, found ${total}`]];
}

function empiricalBase(probabilities: readonly number[]): CountBase {
  const masses = listedMasses(probabilities);
  const table = tailTable(masses);
  const mean = sum(table.probability.map((p, k) => p * k));
  return {
    mean,
    variance: sum(table.probability.map((p, k) => p * (k - mean) * (k - mean))),
    largest: probabilities.findLastIndex((p) => p > 0),
    isTabulated: false,
    probability: (k) => table.probability[k],
    cdf: (k) => table.cdf[k],
    survival: (k) => table.survival[k],
    masses: () => masses,
  };
}
