/**
 * A law in a coordinate w in which its density is log-concave: ln x for gamma, the logit for beta. There ln tail is
 * concave too, so that Newton's method cannot go astray, and tails of every depth look like straight lines.
 */
export interface LogConcave {
  /** Where to start looking for the quantile of a p in (0, 0.5]. */
  start(p: number, upper: boolean): number;
  /** ln of the density at w. */
  logDensity(w: number): number;
  /** The derivative of `logDensity`. */
  slope(w: number): number;
  /**
   * A tail probability over the density (Mills' ratio): of the upper tail if positive, of the lower tail if negative,
   * whichever is computed without cancellation.
   */
  mills(w: number): number;
}

/**
 * w = Q(p), by Halley's method on ln tail(w) = ln p. An error of e (in units in which the tail falls by a factor of e)
 * leaves one of about e³, so a step below 1e-5 needs no look at where it led.
 */
export function solveLogConcave(law: LogConcave, p: number, upper: boolean): number {
  const small = p > 0.5 ? 1 - p : p;
  const side = p > 0.5 === upper ? -1 : 1;
  if (small === 0) return side * Infinity;
  const target = Math.log(small);
  let w = law.start(small, side > 0);
  let size = 0;
  do {
    const signed = law.mills(w);
    const logDensity = law.logDensity(w);
    const mills = signed > 0 === side > 0 ? Math.abs(signed) : Math.exp(-logDensity) - Math.abs(signed);
    const slope = law.slope(w);
    const newton = side * (logDensity + Math.log(mills) - target) * mills;
    const halley = newton / Math.max(1 + 0.5 * newton * (slope + side / mills), 0.5);
    w += halley;
    size = Math.abs(halley) * (Math.abs(slope) + 1 / mills);
  } while (size > 1e-5);
  return w;
}

/** P(W <= w) or P(W > w). */
export function logConcaveTail(law: LogConcave, w: number, upper: boolean): number {
  const density = Math.exp(law.logDensity(w));
  if (!(density > 0)) return Number(law.slope(w) < 0 !== upper); // so far out that it underflows, or at an end
  const signed = law.mills(w);
  const tail = density * Math.abs(signed);
  return signed > 0 === upper ? tail : 1 - tail;
}
