import type { Moments } from "./moments.ts";
import type { Summary } from "./summary.ts";

/** How many numbers `Moments` has. */
const FIELDS = 7;

/** Moments as numbers in a row, one sample's after the other's. */
export function numbersOfMoments(samples: readonly Moments[]): Float64Array {
  return Float64Array.from(samples.flatMap(({ n, mean, m2, m3, m4, min, max }) => [n, mean, m2, m3, m4, min, max]));
}

/** The moments of what `numbersOfMoments` made of them. */
export function momentsFromNumbers(numbers: Float64Array): Moments[] {
  return Array.from({ length: numbers.length / FIELDS }, (_, i) => {
    const [n, mean, m2, m3, m4, min, max] = numbers.subarray(FIELDS * i, FIELDS * (i + 1));
    return { n, mean, m2, m3, m4, min, max };
  });
}

/** A summary's numbers in a row: draws, then the moments of total, maxOccurrence and claims. None for null. */
export function numbersOf(summary: Summary | null): Float64Array {
  if (summary === null) return new Float64Array(0);
  const { draws, total, maxOccurrence, claims } = summary;
  return Float64Array.of(draws, ...numbersOfMoments([total, maxOccurrence, claims]));
}

/** The summary of what `numbersOf` made of it. */
export function summaryFrom(numbers: Float64Array): Summary | null {
  if (numbers.length === 0) return null;
  const [total, maxOccurrence, claims] = momentsFromNumbers(numbers.subarray(1));
  return { draws: numbers[0], total, maxOccurrence, claims };
}
