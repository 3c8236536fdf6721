/*
 * The regularised incomplete gamma functions P(a, x) and Q(a, x), as multiples of x^a e^−x / Γ(a): W. H. Press et al.,
 * Numerical Recipes (3rd ed. 2007), section 6.2. Both sums are of positive terms and keep their digits for every shape;
 * they are the longest where x is near a, where the series has 8 √a terms (2 ns each) and the fraction fewer.
 */

/** P(a, x) Γ(a) / (x^a e^−x), for x < a + 1: equation 6.2.5. */
export function gammaSeries(a: number, x: number): number {
  let denominator = a;
  let term = 1 / a;
  let sum = term;
  do {
    denominator += 1;
    term *= x / denominator;
    sum += term;
  } while (term > sum * 1e-17);
  return sum;
}

/** Q(a, x) Γ(a) / (x^a e^−x), for x >= a + 1: the continued fraction 6.2.7 by Lentz's method. */
export function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  let change = 0;
  for (let n = 1; Math.abs(change - 1) > 3e-16; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    change = c * d;
    value *= change;
  }
  return value;
}
