import { digits } from "./digits.ts";
import type { Spread } from "./spread.ts";

/** `4 (2 to 8)`: the median, the lowest and the highest. */
export function withSpread({ median, low, high }: Spread): string {
  return low === high ? digits(median) : `${digits(median)} (${digits(low)} to ${digits(high)})`;
}
