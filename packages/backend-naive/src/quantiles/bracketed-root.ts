/**
 * The x between a and b from which on f is no longer above 0, for an f that falls: where f is 0 over an interval, its
 * lower end. To 2^-52 of x, and 2^-104 of b − a where x is 0. T. R. Chandrupatla, Advances in Engineering Software 28
 * (1997) 145-149: inverse quadratic interpolation where that is safe, and bisection elsewhere.
 */
export function bracketedRoot(f: (x: number) => number, a: number, b: number): number {
  const floor = Number.EPSILON * Number.EPSILON * Math.abs(b - a);
  let newest = a;
  let other = b;
  let former = b;
  let atNewest = f(a);
  let atOther = f(b);
  let atFormer = atOther;
  if (!(atNewest > 0)) return a;
  if (atOther > 0) return b;
  let t = Math.abs(atNewest - atOther) < Infinity ? atNewest / (atNewest - atOther) : 0.5;
  for (;;) {
    const x = newest + t * (other - newest);
    const atX = f(x);
    if (atX > 0 === atNewest > 0) {
      former = newest;
      atFormer = atNewest;
    } else {
      former = other;
      atFormer = atOther;
      other = newest;
      atOther = atNewest;
    }
    newest = x;
    atNewest = atX;
    const least = (Number.EPSILON * Math.abs(newest) + floor) / Math.abs(other - newest);
    if (least > 0.5) return atNewest > 0 ? other : newest;
    const xi = (newest - other) / (former - other);
    const phi = (atNewest - atOther) / (atFormer - atOther);
    t = 0.5;
    if (phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi) {
      t =
        ((atNewest / (atOther - atNewest)) * atFormer) / (atOther - atFormer) +
        ((((former - newest) / (other - newest)) * atNewest) / (atFormer - atNewest)) *
          (atOther / (atFormer - atOther));
    }
    t = Math.min(Math.max(t, least), 1 - least);
  }
}
