/** The error of a promise that was not kept: where, what was due and what came, on one line. */
export function mismatch(place: string, expected: unknown, found: unknown): Error {
  return new Error(`${place}: expected ${shown(expected)}, found ${shown(found)}`);
}

/** Throws where two values differ; NaN equals itself, and 0 is not -0. */
export function same(place: string, expected: unknown, found: unknown): void {
  if (!Object.is(expected, found)) throw mismatch(place, expected, found);
}

function shown(value: unknown): string {
  if (value instanceof Error) return `${value.name} "${value.message}"`;
  return Object.is(value, -0) ? "-0" : String(value);
}
