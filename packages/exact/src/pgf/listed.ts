import type { CountLaw } from "@lossmill/core";
import { expLessOne, logOnePlus } from "../complex.ts";
import type { CountPgf } from "./log-pgf.ts";

/** What may be left out at either end. */
const NEGLIGIBLE = 1e-18;
/** Counts are put together in steps of this part of their standard deviation, where they are that fine. */
const STEPS_IN_SD = 500;

/**
 * A law given by its probabilities: E[z^N] = z^first (1 − s Σ S(first + k) z^k) with the survival function S, which
 * cancels neither near s = 0 nor where E[z^N] is tiny. A smooth law whose counts spread over thousands is rounded to
 * every q-th count with its mean kept: that adds less than 1 / (6 · STEPS_IN_SD²) of its variance.
 */
export function listed(law: CountLaw, isSmooth: boolean): CountPgf {
  const first = law.quantile(NEGLIGIBLE, "lower");
  const last = law.quantile(NEGLIGIBLE, "upper");
  const step = isSmooth ? Math.max(1, Math.floor(Math.sqrt(law.variance) / STEPS_IN_SD)) : 1;
  const survival = new Float64Array(Math.ceil((last - first) / step));
  for (let m = 0; m < survival.length; m++) {
    for (let i = 0; i < step; i++) survival[m] += law.survival(first + m * step + i) / step;
  }
  return {
    cost: 2 + survival.length / 20,
    log: (re, im, out) => {
      logOnePlus(-re, -im, out);
      const logRe = out[0];
      const logIm = out[1];
      // z^step − 1; 0 · −Infinity at z = 0 must not arise.
      let stepRe = -re;
      let stepIm = -im;
      if (step > 1) {
        expLessOne(step * logRe, step * logIm, out);
        stepRe = out[0];
        stepIm = out[1];
      }
      const zRe = 1 + stepRe;
      let sumRe = 0;
      let sumIm = 0;
      for (let m = survival.length - 1; m >= 0; m--) {
        const real = sumRe * zRe - sumIm * stepIm + survival[m];
        sumIm = sumRe * stepIm + sumIm * zRe;
        sumRe = real;
      }
      logOnePlus(stepRe * sumRe - stepIm * sumIm, stepRe * sumIm + stepIm * sumRe, out);
      if (first > 0) {
        out[0] += first * logRe;
        out[1] += first * logIm;
      }
    },
  };
}
