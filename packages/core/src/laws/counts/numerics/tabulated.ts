import type { CountBase } from "../count-base.ts";
import { tailTable, type TailTable } from "./tail-table.ts";

/** The table's masses leave out less than this, so that its tails are good to 2^-64 where they are above 2^-64. */
const TABLE_REST = 2.9387358770557188e-39;
const SMALLEST_TAIL = 5.421010862427522e-20;

interface TrustedTable extends TailTable {
  /** The first and last k whose tails are both large enough. */
  readonly from: number;
  readonly to: number;
}

/**
 * A law whose own functions are sums or integrals, made fast by a table of its masses, built when it is first asked.
 * Where a tail is below 2^-64 the law's own functions answer.
 */
export function tabulated(direct: CountBase): CountBase {
  let built: TrustedTable | undefined;
  const table = () => (built ??= trustedTable(direct));
  const isInside = (k: number) => k >= table().from && k <= table().to;
  return {
    ...direct,
    probability: (k) => {
      // Between two modes a probability may be tiny where neither tail is.
      const probability = isInside(k) ? table().probability[k] : 0;
      return probability >= SMALLEST_TAIL ? probability : direct.probability(k);
    },
    cdf: (k) => (isInside(k) ? table().cdf[k] : direct.cdf(k)),
    survival: (k) => (isInside(k) ? table().survival[k] : direct.survival(k)),
  };
}

function trustedTable(direct: CountBase): TrustedTable {
  const table = tailTable(direct.masses(TABLE_REST));
  return {
    ...table,
    from: table.cdf.findIndex((tail) => tail >= SMALLEST_TAIL),
    to: table.survival.findLastIndex((tail) => tail >= SMALLEST_TAIL),
  };
}
