import { largestOf } from "@lossmill/core/math";
import type { Measured, Tuned } from "@lossmill/harness";
import { formatNumber, formatSeconds } from "./number.ts";
import { shortened } from "./printable.ts";
import { table } from "./table.ts";

/** What was measured beside what the fitted costs predict, and where the costs went. */
export function tuneText({ profile, measured }: Tuned, path: string, width: number): string {
  const rows = measured.map(({ run, setting, measured: seconds, predicted }) => [
    shortened(run, Math.max(12, width - 50)),
    `${setting.kernel}${setting.workers === 1 ? "" : ` × ${setting.workers}`}`,
    formatSeconds(seconds),
    formatSeconds(predicted),
    (predicted / seconds).toFixed(2),
  ]);
  const titles = [
    { title: "run", align: "left" },
    { title: "by", align: "left" },
  ] as const;
  return [
    table([...titles, { title: "measured" }, { title: "predicted" }, { title: "ratio" }], rows),
    "",
    `predictions are within a factor of ${worstFactor(measured).toFixed(2)}`,
    ...Object.entries(profile.kernels).map(
      ([kernel, { claims, lines, start }]) =>
        `${kernel}: ${formatNumber(1e9 * claims, 1)} ns a claim, ${formatNumber(1e6 * lines, 1)} µs a line, ${formatSeconds(start)} to start`,
    ),
    ...(profile.threads === null
      ? []
      : [
          `threads: ${formatSeconds(profile.threads.start + profile.threads.perThread)} to start two, each adds ${profile.threads.efficiency.toFixed(2)} of the first's speed`,
        ]),
    `written to ${path}; auto goes by it from now on`,
  ].join("\n");
}

/** How far a prediction is off at most, as a factor. */
function worstFactor(measured: readonly Measured[]): number {
  const apart = ({ measured: seconds, predicted }: (typeof measured)[number]) =>
    Math.max(predicted / seconds, seconds / predicted);
  return largestOf(measured, apart, 1);
}
