/**
 * I_y(a, b) B(a, b) / (y^a (1 − y)^b), for y < (a + 1) / (a + b + 2): W. H. Press et al., Numerical Recipes (3rd ed.
 * 2007), section 6.4, the continued fraction 6.4.5 by Lentz's method; O(√max(a, b)) terms.
 */
export function betaFraction(a: number, b: number, y: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * y) / (a + 1));
  let value = d;
  let change = 0;
  for (let m = 1; Math.abs(change - 1) > 3e-16; m++) {
    const even = a + 2 * m;
    const first = (m * (b - m) * y) / ((even - 1) * even);
    d = 1 / (1 + first * d);
    c = 1 + first / c;
    value *= d * c;
    const second = (-(a + m) * (a + b + m) * y) / (even * (even + 1));
    d = 1 / (1 + second * d);
    c = 1 + second / c;
    change = d * c;
    value *= change;
  }
  return value / a;
}
