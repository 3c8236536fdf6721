/** Three significant digits, two below 0.1, thousands grouped, no exponent. */
export function digits(value: number): string {
  const rounded = Number(value.toPrecision(Math.abs(value) < 0.1 ? 2 : 3));
  return rounded.toLocaleString("en", { maximumSignificantDigits: 3 });
}
