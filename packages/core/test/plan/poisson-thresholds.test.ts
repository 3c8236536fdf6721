import { expect, test } from "vitest";
import { countLaw } from "../../src/laws/counts/index.ts";
import { MOST_BLOCK_THRESHOLDS, writePoissonThresholds } from "../../src/plan/poisson-thresholds.ts";
import { uniformSource } from "../../src/random/uniforms.ts";

const out = new Float64Array(MOST_BLOCK_THRESHOLDS);

function written(lambda: number): Float64Array | null {
  const length = writePoissonThresholds(lambda, out);
  return length < 0 ? null : out.slice(0, length);
}

function ofLaw(lambda: number): Float64Array | null {
  return countLaw({ law: "poisson", lambda }).thresholds(MOST_BLOCK_THRESHOLDS);
}

test("are those of the law, bit for bit", () => {
  const special = [0, 5e-324, 1e-300, 1e-17, 2 ** -53, 0.5, 1, 1 - 2 ** -53, 1 + 2 ** -52, 2, 64, 127.999, 128];
  const uniforms = new Float64Array(2000);
  uniformSource("7").fill(uniforms, uniforms.length);
  const drawn = [...uniforms].map((u, i) => (i % 2 === 0 ? 128 * u : 1000 ** (2 * u - 1.5)));
  for (const lambda of [...special, ...drawn]) expect(written(lambda), String(lambda)).toEqual(ofLaw(lambda));
});

test("end where the law's table would be too long", () => {
  for (let lambda = 128.5; lambda < 200; lambda += 1.5) expect(written(lambda), String(lambda)).toEqual(ofLaw(lambda));
  expect(written(140)).not.toBeNull();
  expect(ofLaw(150)).toBeNull();
  expect(written(1e9)).toBeNull();
});
