import { backend as naive } from "@lossmill/backend-naive";
import { type OptimizationLevel, checkPortfolio, definePlan } from "@lossmill/core";
import { exactAnswer } from "@lossmill/exact";
import { verify } from "@lossmill/harness";

/** The levels that the tests of rewrites judge at. */
const AT = [0.5, 0.9, 0.99];

/** Verifies policies, their ids left out, against the exact answer. */
export async function certify(
  policies: readonly object[],
  trials: number,
  seed: string,
  levels: readonly OptimizationLevel[] = [0, 1, 2, 3],
) {
  const whole = policies.map((policy, i) => ({ id: `p${i}`, ...policy }));
  const portfolio = checkPortfolio({ name: "book", policies: whole });
  const definition = definePlan(portfolio, { seed, trials });
  return await verify({ definition, backends: [naive], judge: exactAnswer(portfolio, { at: AT }), levels });
}
