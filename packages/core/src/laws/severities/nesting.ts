/** How many laws may be written within each other, so that none of them can exhaust the stack. */
export const deepestAllowed = 8;

/** The keys that lead from a law into the laws that it is made of. */
const INWARD = ["of", "components"];

/** Where `value` nests laws deeper than allowed: the path to the first that is too deep; undefined if none is. */
export function placeTooDeep(value: unknown, depth = 0): readonly PropertyKey[] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (depth > deepestAllowed) return [];
  for (const key of INWARD) {
    const found = placeWithin((value as Record<string, unknown>)[key], depth);
    if (found !== undefined) return [key, ...found];
  }
  return undefined;
}

function placeWithin(inner: unknown, depth: number): readonly PropertyKey[] | undefined {
  if (!Array.isArray(inner)) return placeTooDeep(inner, depth + 1);
  for (const [i, law] of inner.entries()) {
    const found = placeTooDeep(law, depth + 1);
    if (found !== undefined) return [i, ...found];
  }
  return undefined;
}
