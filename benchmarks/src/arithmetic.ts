/** What a thread of the control does: multiplications and additions, whose operands fit its registers. */
import { isMainThread, parentPort } from "node:worker_threads";

/** Some 1 ns a step. */
export function arithmetic(steps: number): number {
  let a = 1;
  let b = 1;
  for (let i = 0; i < steps; i++) {
    a = a * 0.999999 + b;
    b = b * 0.999998 + 1e-9;
  }
  return a + b;
}

if (!isMainThread) parentPort?.on("message", (steps: number) => parentPort?.postMessage(arithmetic(steps)));
