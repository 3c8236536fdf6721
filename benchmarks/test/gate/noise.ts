import { randomBelow } from "../../src/random-order.ts";

interface Noise {
  /** Head over base, truly. */
  readonly ratio: number;
  /** Standard deviations of a process's own luck, and of a pair's, in logarithms. */
  readonly process: number;
  readonly pair: number;
}

/** Made-up measurements with a seed. */
export function noise(seed: number) {
  const below = randomBelow(seed);
  const uniform = () => below(2 ** 32) / 2 ** 32;
  // The sum of twelve uniforms less 6: variance 1, near enough to normal.
  const normal = () => Array.from({ length: 12 }, uniform).reduce((sum, u) => sum + u, -6);
  return {
    normal,
    /** Log ratios by process; one pair in ten is hit by something else and is off by up to half. */
    processes: (count: number, pairs: number, { ratio, process, pair }: Noise) =>
      Array.from({ length: count }, () => {
        const own = Math.log(ratio) + process * normal();
        return Array.from({ length: pairs }, () => own + pair * normal() + (uniform() < 0.1 ? uniform() - 0.5 : 0));
      }),
  };
}
