import type { Moments } from "./moments.ts";
import type { Summary } from "./summary.ts";

/** How many numbers `Moments` has. */
const FIELDS = 7;

/** A summary's numbers in a row: draws, then the moments of total, maxOccurrence and claims. None for null. */
export function numbersOf(summary: Summary | null): Float64Array {
  if (summary === null) return new Float64Array(0);
  const { draws, total, maxOccurrence, claims } = summary;
  const rows = [total, maxOccurrence, claims].map(({ n, mean, m2, m3, m4, min, max }) => [
    n,
    mean,
    m2,
    m3,
    m4,
    min,
    max,
  ]);
  return Float64Array.of(draws, ...rows.flat());
}

/** The summary of what `numbersOf` made of it. */
export function summaryFrom(numbers: Float64Array): Summary | null {
  if (numbers.length === 0) return null;
  const moments = (row: number): Moments => {
    const [n, mean, m2, m3, m4, min, max] = numbers.subarray(1 + FIELDS * row);
    return { n, mean, m2, m3, m4, min, max };
  };
  return { draws: numbers[0], total: moments(0), maxOccurrence: moments(1), claims: moments(2) };
}
