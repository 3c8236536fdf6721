import { expect, test } from "vitest";
import { writePoissonMode } from "../../src/math/poisson-mode.ts";
import { expectPromise } from "./reference.ts";

test("P(N <= n) and P(N = n) at the mode", () =>
  expectPromise("poissonMode", 1e-15, (lambda: number) => {
    const found = new Float64Array(5);
    writePoissonMode(lambda, found, 1);
    expect([found[0], found[1], found[4]]).toEqual([0, lambda, 0]);
    return [...found.subarray(2, 4)];
  }));
