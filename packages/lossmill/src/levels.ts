import { LossmillError } from "@lossmill/core";

/** Reads `--at`: levels in per cent above 1 (99.5) or as probabilities (0.995), separated by commas. */
export function parseLevels(text: string): number[] {
  return text.split(",").map((part) => {
    const match = /^\s*(\d+)(?:\.(\d+))?\s*$/.exec(part);
    const found = match ? Number(part) : Number.NaN;
    const p = found < 1 ? found : percent(match);
    if (p > 0 && p < 1) return p;
    throw new LossmillError("BAD_CONFIGURATION", {
      place: "--at",
      message: `expected levels such as 99.5 or 0.995, separated by commas, found ${JSON.stringify(part)}`,
    });
  });
}

/** A percentage as the probability with the shifted decimal: "99.5" is 0.995 and not 99.5 / 100. */
function percent(match: RegExpExecArray | null): number {
  if (!match) return Number.NaN;
  return Number(`${match[1]}${match[2] === undefined ? "" : `.${match[2]}`}e-2`);
}
