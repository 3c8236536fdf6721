import type { GeneratorName } from "@lossmill/core";

/** A seed as it is told: with what makes its uniforms, where that is not the usual one. */
export function seedText({ seed, generator }: { readonly seed: string; readonly generator: GeneratorName }): string {
  return generator === "pcg64" ? `seed ${seed}` : `seed ${seed} of ${generator}`;
}
