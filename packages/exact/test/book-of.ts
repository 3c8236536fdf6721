import { checkPortfolio, type Portfolio } from "@lossmill/core";

/** A portfolio of these policies, each given an id. */
export function bookOf(...policies: object[]): Portfolio {
  const withIds = policies.map((policy, i) => ({ id: `p${i}`, ...policy }));
  return checkPortfolio({ name: "test", currency: "EUR", policies: withIds });
}
