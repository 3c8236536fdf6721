import { betaQuantile } from "../math/beta-quantile.ts";

/**
 * The 0.975 quantile of Student's law with `degrees` > 0 degrees of freedom, from df / (df + T²) ~ Beta(df / 2, 1 / 2)
 * (Johnson, Kotz and Balakrishnan 1995, section 28.2).
 */
export function studentQuantile975(degrees: number): number {
  const { x, y } = betaQuantile(degrees / 2, 0.5, 0.05, "lower");
  return Math.sqrt(degrees * (y / x));
}
