import {
  AMOUNTS,
  type CompiledPlan,
  FORM,
  type FillHoles,
  type Plan,
  SCALE,
  SEVERITY,
  type SeveritySpec,
  checkPortfolio,
  compile,
  countLookup,
  definePlan,
  holeFiller,
  listHoles,
} from "../../src/index.ts";
import { curveAt, exp2, lookUp, quantileAt, rowOf, tailOf } from "../../src/plan/recipe.ts";

/** A plan of one line with Poisson counts, its claims thinned to `survival`. */
export function planOf(severity: object, survival = 1, lambda = 1, horizon?: number): Plan {
  const policy = { id: "a", frequency: { law: "poisson", lambda }, severity: severity as SeveritySpec };
  const plan = definePlan(checkPortfolio({ name: "book", policies: [policy] }), { seed: "1", trials: 4096, horizon });
  return { ...plan, lines: plan.lines.map((line) => ({ ...line, survival })) };
}

/** The amount of a claim of line `line` with uniform v, by the recipe in plain code. */
export function amountOf(
  plan: Plan,
  compiled: CompiledPlan,
  line: number,
  v: number,
  fillHoles = holeFiller(plan, compiled),
): number {
  const { curves, scales, severities } = compiled;
  const at = line * SEVERITY.fields;
  const form = severities[at + SEVERITY.form];
  const start = severities[at + SEVERITY.start];
  if (form === FORM.steps) {
    const count = Float64Array.of(v);
    countLookup(plan, compiled)(line, AMOUNTS, count, 1);
    return curves[start + count[0]];
  }
  const tail = tailOf(scales[line * SCALE.fields + SCALE.share] * v);
  if (form === FORM.quantile) return quantileAt(curves, start, tail);
  const z = lookUp(curves, rowOf(tail) * 8, tail);
  const position = scales[line * SCALE.fields + SCALE.slope] * z + scales[line * SCALE.fields + SCALE.offset];
  if (form === FORM.line) return exp2(position);
  const x = Float64Array.of(exp2(curveAt(curves, start, position) + scales[line * SCALE.fields + SCALE.shift]));
  fillListed(fillHoles, line, Float64Array.of(z), x, 1);
  return x[0];
}

/** Fills those of the first `n` amounts that are NaN, as kernels do. */
export function fillListed(fill: FillHoles, line: number, z: Float64Array, x: Float64Array, n: number): void {
  const holes = new Int32Array(n);
  fill(line, z, x, holes, listHoles(holes, x, n));
}

/** The form of a plan's first line, and what it gives for each uniform. */
export function amountsOf(plan: Plan, us: readonly number[]): { readonly form: number; readonly amounts: number[] } {
  const compiled = compile(plan);
  const fillHoles = holeFiller(plan, compiled);
  return {
    form: compiled.severities[SEVERITY.form],
    amounts: us.map((u) => amountOf(plan, compiled, 0, u, fillHoles)),
  };
}
