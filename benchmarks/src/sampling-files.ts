import { convergencePicture } from "./convergence-picture.ts";
import type { SamplingRecord } from "./sampling-main.ts";

/** The pictures of docs/sampling.md, by their paths in the repository. */
export function samplingFiles({ convergence }: Pick<SamplingRecord, "convergence">): Record<string, string> {
  return {
    "docs/pictures/sobol-light.svg": convergencePicture(convergence, "light"),
    "docs/pictures/sobol-dark.svg": convergencePicture(convergence, "dark"),
  };
}
