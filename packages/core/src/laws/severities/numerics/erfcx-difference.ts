import { erfcx } from "../../../math/normal.ts";
import { gaussLegendre } from "./quadrature.ts";

const SQRT_PI = 1.772453850905516;
/** From here on the continued fraction is exact after so many terms. */
const FRACTION_FROM = 2;
const FRACTION_TERMS = 80;

/** erfcx(t) − erfcx(t + gap) for t >= −1 and gap >= 0, without cancellation; about 10 units in the last place. */
export function erfcxDifference(t: number, gap: number): number {
  if (t >= FRACTION_FROM) return fractionDifference(t, t + gap, gap);
  if (gap > 0.5) return erfcx(t) - erfcx(t + gap);
  return gaussLegendre((s) => 2 / SQRT_PI - 2 * s * erfcx(s), t, t + gap);
}

/**
 * √π erfcx(z) = 1 / K0 with K0 = z + (1/2) / K1, K1 = z + 1 / K2, K2 = z + (3/2) / K3, … (DLMF 7.9.1); the difference of
 * each K at both places follows from that of the next.
 */
function fractionDifference(a: number, b: number, gap: number): number {
  let atA = a;
  let atB = b;
  let difference = gap;
  for (let n = FRACTION_TERMS; n >= 1; n--) {
    difference = gap - ((n / 2) * difference) / (atA * atB);
    atA = a + n / 2 / atA;
    atB = b + n / 2 / atB;
  }
  return difference / (SQRT_PI * atA * atB);
}
