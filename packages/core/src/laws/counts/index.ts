import { z } from "zod";
import type { CountLaw } from "../law.ts";
import { betaBinomial } from "./beta-binomial.ts";
import { binomial } from "./binomial.ts";
import { delaporte } from "./delaporte.ts";
import { empirical } from "./empirical.ts";
import { fixed } from "./fixed.ts";
import { geometric } from "./geometric.ts";
import { logarithmic } from "./logarithmic.ts";
import { mixedPoisson } from "./mixed-poisson.ts";
import { negativeBinomial } from "./negative-binomial.ts";
import { neymanA } from "./neyman-a.ts";
import { poissonInverseGaussian } from "./poisson-inverse-gaussian.ts";
import { poisson } from "./poisson.ts";

const definitions = {
  poisson,
  negativeBinomial,
  binomial,
  geometric,
  logarithmic,
  poissonInverseGaussian,
  delaporte,
  neymanA,
  betaBinomial,
  mixedPoisson,
  fixed,
  empirical,
};

/** How a policy's number of claims in a year is written: a law, its parameters and at most one zero modifier. */
export const frequencySchema = z.discriminatedUnion("law", [
  poisson.schema,
  negativeBinomial.schema,
  binomial.schema,
  geometric.schema,
  logarithmic.schema,
  poissonInverseGaussian.schema,
  delaporte.schema,
  neymanA.schema,
  betaBinomial.schema,
  mixedPoisson.schema,
  fixed.schema,
  empirical.schema,
]);

export type FrequencySpec = z.infer<typeof frequencySchema>;

/** The names of the count laws. */
export const countLaws = Object.keys(definitions) as readonly FrequencySpec["law"][];

/** The law that a checked specification stands for. */
export function countLaw(spec: FrequencySpec): CountLaw {
  const make: (spec: never) => CountLaw = definitions[spec.law].make;
  return make(spec as never);
}
