import type { SamplingMethod } from "@lossmill/core";
import type { Gain, Tried } from "./compare-methods.ts";

/** The figures that a method is chosen for. */
export type Wanted = Pick<Gain, "figure" | "p">;

/** The method that is worth the most for some figures: its least gain among them. */
export interface Best {
  readonly method: SamplingMethod;
  readonly gain: number;
}

/** A gain below it may be chance: plain sampling then is as good, and simpler. */
export const WORTHWHILE = 1.5;

/** The method whose least gain among the wanted figures is the largest; null where none is surely worthwhile: plain is best. */
export function bestMethod(tried: readonly Tried[], wanted: readonly Wanted[]): Best | null {
  let best: Best | null = null;
  for (const one of tried) {
    if (one.method === "plain" || "reason" in one) continue;
    const gains = wanted.map(({ figure, p }) => {
      return one.gains.find((gain) => gain.figure === figure && gain.p === p)?.gain ?? 0;
    });
    const gain = Math.min(...gains);
    if (gain >= (best?.gain ?? WORTHWHILE)) best = { method: one.method, gain };
  }
  return best;
}
