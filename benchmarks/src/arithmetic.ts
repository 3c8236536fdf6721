/**
 * What a thread of the control does: multiplications and additions whose operands fit its registers, in eight chains side by
 * side, so that the core's units are busy. In a single chain they would wait for each other, and two threads that share
 * one core, as a cloud's "cores" often do, would not get in each other's way.
 */
import { isMainThread, parentPort } from "node:worker_threads";

/** Each step is one multiplication and one addition. */
export function arithmetic(steps: number): number {
  let [a, b, c, d] = [1, 2, 3, 4];
  let [e, f, g, h] = [5, 6, 7, 8];
  for (let i = 0; i < steps; i += 8) {
    a = a * 0.999999 + 1e-9;
    b = b * 0.999999 + 1e-9;
    c = c * 0.999999 + 1e-9;
    d = d * 0.999999 + 1e-9;
    e = e * 0.999999 + 1e-9;
    f = f * 0.999999 + 1e-9;
    g = g * 0.999999 + 1e-9;
    h = h * 0.999999 + 1e-9;
  }
  return a + b + c + d + e + f + g + h;
}

if (!isMainThread) parentPort?.on("message", (steps: number) => parentPort?.postMessage(arithmetic(steps)));
