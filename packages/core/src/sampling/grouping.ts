import type { Grouping } from "../summary/groups.ts";
import { ANTITHETIC_GROUP } from "./antithetic.ts";
import type { Sampling } from "./sampling.ts";
import { STRATIFIED_GROUP } from "./stratified.ts";

/** A trial of each kind: of the plan's claims, and of more. */
const IMPORTANCE_GROUP = 2;

/** Which trials are independent of each other, and alike: what honest errors are made of. */
export function groupingOf(sampling: Sampling): Grouping {
  switch (sampling.method) {
    case "antithetic":
      return { size: ANTITHETIC_GROUP };
    case "stratified":
      return { size: STRATIFIED_GROUP };
    case "sobol":
      return { replicates: sampling.replicates };
    case "importance":
      return { size: IMPORTANCE_GROUP };
    default:
      return { size: 1 };
  }
}
