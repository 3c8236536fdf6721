import { exp } from "../../../math/exp.ts";
import { log } from "../../../math/log.ts";

const EULER = 0.5772156649015329;
/** Terms smaller than this part of their sum are left out. */
const NEGLIGIBLE = 1e-17;

/** e^y E1(y) with E1(y) the integral of e^−t / t from y up, for y > 0; relative error about 1e-15. */
export function scaledExponentialIntegral(y: number): number {
  return y <= 1 ? exp(y) * powerSeries(y) : fraction(y);
}

/** −γ − log y + y − y²/(2 · 2!) + … (DLMF 6.6.2). */
function powerSeries(y: number): number {
  let factor = 1;
  let sum = 0;
  for (let n = 1; Math.abs(factor) > NEGLIGIBLE; n++) {
    factor *= -y / n;
    sum -= factor / n;
  }
  return sum - EULER - log(y);
}

/** 1/(y + 1 − 1²/(y + 3 − 2²/(y + 5 − …))) (DLMF 6.9.1, even part), by Steed's method. */
function fraction(y: number): number {
  let partial = y + 1;
  let inverse = 1 / partial;
  let step = inverse;
  let value = inverse;
  for (let n = 1; Math.abs(step) > NEGLIGIBLE * value; n++) {
    partial += 2;
    inverse = 1 / (partial - n * n * inverse);
    step *= partial * inverse - 1;
    value += step;
  }
  return value;
}
