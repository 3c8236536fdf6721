import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { countLaw, countLaws, type FrequencySpec, frequencySchema } from "../../src/laws/counts/index.ts";
import { type CountCase, expectCase, expectRowQuantiles, keepWorst, reportWorst } from "./accuracy.ts";

interface VectorCase extends CountCase {
  readonly law: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly quantiles: readonly (readonly [u: number, k: number])[];
  readonly ties: readonly (readonly [u: number, k: number])[];
}

const file = new URL("../../../../fixtures/vectors/frequencies.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: VectorCase[] };

/** The parameters that the vectors name differently (fixtures/vectors/README.md). */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  negativeBinomial: { r: "size", p: "prob" },
  binomial: { n: "size", p: "prob" },
  geometric: { p: "prob" },
  logarithmic: { p: "prob" },
  delaporte: { r: "size", p: "prob" },
  betaBinomial: { n: "size", a: "shape1", b: "shape2" },
  poissonInverseGaussian: { mu: "mean" },
  discrete: { pmf: "probabilities" },
};
const MODIFIERS = { zeroInflated: "pi", zeroTruncated: undefined, zeroModified: "p0" } as const;

/** The case's law as Lossmill writes it. */
function specOf({ law: fullName, params }: VectorCase): FrequencySpec {
  let name = fullName;
  const spec: Record<string, unknown> = {};
  for (const [modifier, parameter] of Object.entries(MODIFIERS)) {
    if (!fullName.startsWith(modifier)) continue;
    name = fullName[modifier.length].toLowerCase() + fullName.slice(modifier.length + 1);
    spec[modifier] = parameter === undefined ? true : params[parameter];
  }
  spec["law"] = name === "discrete" ? "empirical" : name;
  for (const [key, value] of Object.entries(params)) {
    if (key === "pi" || key === "p0") continue;
    if (key === "shape") spec["dispersion"] = 1 / (value as number);
    else spec[RENAMED[name]?.[key] ?? key] = value;
  }
  return frequencySchema.parse(spec);
}

describe("counts agree with the reference vectors", () => {
  const worst = new Map<string, readonly number[]>();
  const seen = new Set<string>();
  for (const vector of cases) {
    const name = `${vector.law} ${JSON.stringify(vector.params)}`;
    if (vector.law === "poissonLognormal") {
      test.skip(`${name}: not a law of Lossmill`);
      continue;
    }
    test(name, () => {
      const spec = specOf(vector);
      const law = countLaw(spec);
      seen.add(spec.law);
      // At the end of the support the vectors hold what 50 digits leave of 1 − 1.
      const rows = vector.rows.map(([k, p, cdf, survival]) => [k, p, cdf, survival < 1e-49 ? 0 : survival] as const);
      keepWorst(worst, spec.law, expectCase(name, law, { ...vector, rows }));
      for (const [u, k] of vector.quantiles) expect(law.quantile(u, "lower"), `${name}, u = ${u}`).toBe(k);
      for (const [u, k] of vector.ties ?? []) {
        expect(Math.abs(law.quantile(u, "lower") - k), `${name}, tie at u = ${u}`).toBeLessThanOrEqual(1);
      }
      expectRowQuantiles(name, law, rows);
    });
  }

  test("every law has a vector", () => expect([...seen].sort()).toEqual([...countLaws].sort()));
  afterAll(() => reportWorst("reference vectors", worst));
});

describe("counts agree with further values", () => {
  const further = new URL("further-values.json", import.meta.url);
  const { cases: furtherCases } = JSON.parse(readFileSync(further, "utf8")) as {
    cases: (CountCase & { spec: FrequencySpec })[];
  };
  const worst = new Map<string, readonly number[]>();
  test.each(furtherCases.map((value) => [JSON.stringify(value.spec), value] as const))("%s", (name, value) => {
    const spec = frequencySchema.parse(value.spec);
    const law = countLaw(spec);
    keepWorst(worst, spec.law, expectCase(name, law, value));
    expectRowQuantiles(name, law, value.rows);
  });
  afterAll(() => reportWorst("further values", worst));
});
