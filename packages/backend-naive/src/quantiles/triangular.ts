import type { Law } from "./law.ts";

export function triangular(min: number, mode: number, max: number): Law {
  const width = max - min;
  const belowMode = (mode - min) / width;
  const aboveMode = (max - mode) / width;
  const rise = width * (mode - min);
  const fall = width * (max - mode);
  return {
    quantile: (p, upper) => {
      const small = p > 0.5 ? 1 - p : p;
      const fromMax = p > 0.5 ? !upper : upper;
      if (fromMax) return small < aboveMode ? max - Math.sqrt(small * fall) : min + Math.sqrt((1 - small) * rise);
      return small <= belowMode ? min + Math.sqrt(small * rise) : max - Math.sqrt((1 - small) * fall);
    },
    tail: (x, upper) => {
      const inside = Math.min(Math.max(x, min), max);
      const rising = inside < mode;
      const small = rising
        ? ((inside - min) * (inside - min)) / rise
        : inside < max
          ? ((max - inside) * (max - inside)) / fall
          : 0;
      return rising === upper ? 1 - small : small;
    },
  };
}
