/**
 * c[0] + c[1] x + … for an even number of coefficients, lowest power first: Horner's scheme over the even and the odd
 * powers side by side, which halves the chain of dependent operations.
 */
export function polynomial(c: Float64Array, x: number): number {
  const square = x * x;
  let i = c.length - 2;
  let even = c[i];
  let odd = c[i + 1];
  for (i -= 2; i >= 0; i -= 2) {
    even = even * square + c[i];
    odd = odd * square + c[i + 1];
  }
  return even + odd * x;
}
