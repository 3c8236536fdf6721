import type { CountLaw } from "../law.ts";
import { binomialBase } from "./binomial.ts";
import { completeLaw } from "./complete-law.ts";
import type { CountBase } from "./count-base.ts";
import { type FrequencySpec, countLaw } from "./index.ts";
import { negativeBinomialBase } from "./negative-binomial.ts";
import { certain } from "./numerics/certain.ts";
import { poissonInverseGaussianBase } from "./poisson-inverse-gaussian.ts";
import { poissonBase } from "./poisson.ts";
import { modifyZero } from "./zero.ts";

/**
 * The law of the claims that are left when each is kept, on its own, with probability `kept`; null where it is not known
 * as a law of this family. With P(z) the generating function of the counts, theirs is P(1 − kept + kept z) (Klugman,
 * Panjer & Willmot, Loss Models, 8.6): Poisson, binomial, negative binomial and Poisson–inverse Gaussian stay what they
 * are with another mean, and a law zero-inflated by p is again one, with its inner law thinned.
 */
export function thinnedLaw(spec: FrequencySpec, kept: number): CountLaw | null {
  if (kept === 1) return countLaw(spec);
  const base = thinnedBase(spec, kept);
  if (base === null) return null;
  return completeLaw(spec.zeroInflated === undefined ? base : modifyZero({ zeroInflated: spec.zeroInflated }, base));
}

/** The law of the claims of a year that has some, each kept with probability `kept`, where they are kept in any year. */
export function positiveLaw(spec: FrequencySpec, kept: number): CountLaw | null {
  if (kept === 1) return countLaw({ ...spec, zeroInflated: undefined, zeroModified: undefined, zeroTruncated: true });
  const base = thinnedBase(spec, kept);
  return base && completeLaw(modifyZero({ zeroTruncated: true }, base));
}

/** Why the thinned law is not known, in a few words; null where it is. */
export function thinningRefusal(spec: FrequencySpec): string | null {
  if (spec.zeroTruncated !== undefined) return "a zero-truncated count keeps no law when claims are left out";
  if (spec.zeroModified !== undefined) return "a zero-modified count keeps no law when claims are left out";
  return THINNABLE.has(spec.law) ? null : `the thinned ${spec.law} law is not one that is known here`;
}

const THINNABLE: ReadonlySet<FrequencySpec["law"]> = new Set([
  "poisson",
  "binomial",
  "negativeBinomial",
  "geometric",
  "poissonInverseGaussian",
]);

function thinnedBase(spec: FrequencySpec, kept: number): CountBase | null {
  if (thinningRefusal(spec) !== null) return null;
  switch (spec.law) {
    case "poisson":
      return poissonBase(spec.lambda * kept);
    case "binomial": {
      const prob = spec.prob * kept;
      return prob === 0 ? certain(0) : binomialBase(spec.size, prob);
    }
    case "negativeBinomial":
      return thinnedNegativeBinomial(spec.size, spec.prob, kept);
    case "geometric":
      return thinnedNegativeBinomial(1, spec.prob, kept);
    case "poissonInverseGaussian":
      // The mixing mean times `kept`: mean · kept, and a variance of mean³ · dispersion · kept².
      return kept === 0 ? certain(0) : poissonInverseGaussianBase(spec.mean * kept, spec.dispersion / kept);
    default:
      return null;
  }
}

/** beta = (1 − prob) / prob becomes beta · kept. */
function thinnedNegativeBinomial(size: number, prob: number, kept: number): CountBase {
  const rate = (1 - prob) * kept;
  if (rate === 0) return certain(0);
  return negativeBinomialBase(size, prob / (prob + rate), rate / (prob + rate));
}

/**
 * The law of `factor` times as many claims of which thinning by 1 / factor leaves this one; null where the family has none.
 * Zeros that are inflated stay.
 */
export function multipliedCounts(spec: FrequencySpec, factor: number): FrequencySpec | null {
  switch (spec.law) {
    case "poisson":
      return { ...spec, lambda: spec.lambda * factor };
    case "binomial":
      return spec.prob * factor < 1 ? { ...spec, prob: spec.prob * factor } : null;
    case "negativeBinomial":
    case "geometric":
      return { ...spec, prob: spec.prob / (spec.prob + (1 - spec.prob) * factor) };
    case "poissonInverseGaussian":
      return { ...spec, mean: spec.mean * factor, dispersion: spec.dispersion / factor };
    default:
      return null;
  }
}
