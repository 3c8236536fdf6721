import type { Prediction } from "@lossmill/harness/tune";
import { formatSeconds } from "./number.ts";

/** What a run is predicted to take, and what others would: null where nothing is known. */
export function predictedText(predictions: readonly Prediction[], costs: string): string | null {
  if (predictions.length === 0) return null;
  const [chosen, ...others] = predictions.map(({ kernel, workers, seconds }) => ({
    seconds: formatSeconds(seconds),
    way: `${kernel} ${workers === 1 ? "in this thread" : `on ${workers} threads`}`,
  }));
  const rest = others.map(({ way, seconds }) => `${way} ${seconds}`);
  const instead = rest.length === 0 ? "" : `; ${rest.join(", ")}`;
  return `${chosen.seconds} by ${chosen.way}${instead} (costs ${costs})`;
}
