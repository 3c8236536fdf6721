import { squareRoot } from "../complex.ts";
import type { CountPgf } from "./log-pgf.ts";

/**
 * Poisson–inverse Gaussian: log E[z^N] = (1 − √(1 + x)) / (mean · dispersion) with x = 2 mean² dispersion s (R actuar's
 * dpoisinvgauss), which is −2 mean s / (1 + √(1 + x)).
 */
export function poissonInverseGaussian(mean: number, dispersion: number): CountPgf {
  const scale = 2 * mean * mean * dispersion;
  return {
    cost: 0.3,
    log: (re, im, out) => {
      squareRoot(1 + scale * re, scale * im, out);
      const bottom = 1 + out[0];
      const size = bottom * bottom + out[1] * out[1];
      const real = (re * bottom + im * out[1]) / size;
      const imaginary = (im * bottom - re * out[1]) / size;
      out[0] = -2 * mean * real;
      out[1] = -2 * mean * imaginary;
    },
  };
}
