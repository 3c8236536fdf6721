import type { Law } from "./law.ts";

export function uniform(min: number, max: number): Law {
  const width = max - min;
  return {
    quantile: (p, upper) => {
      const fromMax = p > 0.5 ? !upper : upper;
      const step = width * (p > 0.5 ? 1 - p : p);
      return fromMax ? max - step : min + step;
    },
    tail: (x, upper) => Math.min(Math.max((upper ? max - x : x - min) / width, 0), 1),
    density: () => 1 / width,
  };
}
