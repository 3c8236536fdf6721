import { exp } from "./exp.ts";

/** The logarithm of a tail probability T at a point v, as Halley's method needs it. */
export interface LogTail {
  /** log T(v) − log p. */
  readonly excess: number;
  /** d log T / d log v. */
  readonly slope: number;
  /** The second derivative over the first, with respect to log v. */
  readonly bend: number;
}

const MOST_STEPS = 100;
/** No step changes v by more than a factor of e^4: far on the flat side, Newton's step would leave all doubles. */
const LONGEST_STEP = 4;
/** Beyond these, log T is a straight line in log v, on which the start already lies, and densities underflow. */
const LEAST = 1e-290;
const MOST = 1e290;
/** Halley's step cubes the error relative to the curvature, so after a step this small the next is below 1e-15. */
const SMALL_STEP = 1e-5;

/**
 * The v > 0 with T(v) = p, by Halley's method on log T as a function of log v. It converges from every start, since log T
 * is concave there for gamma tails (log v = log x) and for beta tails (v = x / (1 − x)). Steps multiply v, so that its
 * relative error does not grow with |log v|.
 */
export function logTailRoot(start: number, at: (v: number) => LogTail): number {
  let v = start;
  for (let i = 0; i < MOST_STEPS && v > LEAST && v < MOST; i++) {
    const { excess, slope, bend } = at(v);
    const newton = excess / slope;
    // Between half and twice Newton's step: further off, the third derivative misleads.
    const damping = Math.min(2, Math.max(0.5, 1 - 0.5 * newton * bend));
    const step = Math.min(LONGEST_STEP, Math.max(-LONGEST_STEP, -newton / damping));
    v *= exp(step);
    if (Math.abs(step) * (1 + Math.abs(bend)) < SMALL_STEP) break;
  }
  return v;
}

/** The root from a guess, or where that is none or leads nowhere, from `start`. */
export function logTailRootNear(near: number, start: () => number, at: (v: number) => LogTail): number {
  if (near > LEAST && near < MOST) {
    const v = logTailRoot(near, at);
    if (v > LEAST && v < MOST) return v;
  }
  return logTailRoot(start(), at);
}
