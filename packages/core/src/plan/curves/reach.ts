import { normalQuantile } from "../../math/normal.ts";
import { LEAST_SHARE } from "./amount-at.ts";

/** How far out, in the z of `amountAt`, a curve is made at once; what lies beyond is made when the first claim is there. */
export interface Reach {
  readonly low: number;
  readonly high: number;
}

/** Every z lies between: Φ⁻¹(2^-54) = −8.293, and −Φ⁻¹ of the smallest tail of a thinned line, 2^-63, 9.08. */
export const EVERYWHERE: Reach = { low: -8.3, high: 9.1 };

/** How much of a curve that is. */
export function partOf({ low, high }: Reach): number {
  return (high - low) / (EVERYWHERE.high - EVERYWHERE.low);
}

/**
 * Claims that are expected beyond each end. A cell that is made for one claim costs some four times what it costs in its
 * turn, and that claim more than others: at 1/4 about as much is lost on these as is saved on cells that nobody needs.
 */
const CLAIMS_BEYOND = 0.25;

/** The claims that get their amounts from one curve. */
export class Demand {
  #whole = 0;
  /** Σ claims / S of thinned lines, which have the amount at −z for z = Φ⁻¹(S · v). */
  #thinned = 0;
  #mostThinned = 0;
  /** All of them. */
  claims = 0;

  /** `survival` is the line's: below LEAST_SHARE the curve is of its own claims. */
  add(claims: number, survival: number): void {
    this.claims += claims;
    if (survival === 1 || survival < LEAST_SHARE) {
      this.#whole += claims;
    } else {
      this.#thinned += claims / survival;
      this.#mostThinned = Math.max(this.#mostThinned, survival);
    }
  }

  /** As far as they go, within EVERYWHERE. */
  reach(): Reach {
    const belowAll = this.#mostThinned === 0 ? 0 : -normalQuantile(this.#mostThinned, "lower");
    const low = Math.max(EVERYWHERE.low, this.#whole === 0 ? belowAll : Math.min(belowAll, lowest(this.#whole)));
    return { low, high: Math.min(EVERYWHERE.high, Math.max(low, -lowest(this.#whole + this.#thinned))) };
  }
}

/** The z that CLAIMS_BEYOND of so many are below. */
function lowest(claims: number): number {
  return claims > 2 * CLAIMS_BEYOND ? normalQuantile(CLAIMS_BEYOND / claims, "lower") : 0;
}
