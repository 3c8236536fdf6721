/** Decimals that show about four significant digits of amounts of this size: none from 1,000 on. */
export function decimalsFor(amount: number): number {
  let decimals = 0;
  for (let scale = Math.abs(amount); scale < 1000 && scale > 0 && decimals < 8; scale *= 10) decimals++;
  return decimals;
}

/** A number with thousands separators; beyond 10^15 in scientific form, which is all that doubles can say. */
export function formatNumber(value: number, decimals = 0): string {
  return Math.abs(value) >= 1e15 ? value.toExponential(6) : grouped(value.toFixed(decimals));
}

/** Thousands separated by commas. The engine's own formats (`Intl`) take 20 ms to begin with, a third of a short run. */
export function grouped(digits: string): string {
  const [whole, ...fraction] = digits.split(".");
  return [whole.replaceAll(/\B(?=(\d{3})+$)/g, ","), ...fraction].join(".");
}

/** A duration for a person: 85 ms, 1.84 s, 3 min 20 s, 2 h 24 min. */
export function formatSeconds(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 120) return `${seconds.toFixed(2)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A size for a person: 3.9 MB, 12 kB. */
export function formatBytes(bytes: number): string {
  return bytes < 1e6 ? `${formatNumber(Math.ceil(bytes / 1000))} kB` : `${formatNumber(bytes / 1e6, 1)} MB`;
}

/** A probability in per cent, as short as its decimal: 99.5 %. */
export function formatPercent(p: number): string {
  return `${Number((p * 100).toPrecision(12))} %`;
}

/** A factor to two digits: 0.45 ×, 2.3 ×, 1,500 ×. */
export function formatFactor(factor: number): string {
  return `${formatError(factor)} ×`;
}

/** An error to two digits: 0, 0.0031, 12, 3.1e-9. */
export function formatError(error: number): string {
  if (error === 0) return "0";
  const rounded = Number(error.toPrecision(2));
  return rounded >= 1e-4 && rounded < 1e15 ? grouped(`${rounded}`) : rounded.toExponential();
}
