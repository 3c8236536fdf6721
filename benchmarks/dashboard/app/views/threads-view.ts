import { withSpread } from "../../../src/with-spread.ts";
import { hover } from "../hover.ts";
import { intervalHeight, intervalOption } from "../interval-option.ts";
import type { Palette } from "../palette.ts";
import { type MakeView, isAsked, newest, nothing, recordsFor, sourceOf } from "./view.ts";

/** What threads are worth, beside threads that do arithmetic alone. */
export const threadsView: MakeView = (data, selection) => {
  const [id, title] = ["threads", "Threads"];
  const scalingsIn = ({ threads }: (typeof data.records)[number]) =>
    threads.filter(({ workload }) => isAsked(workload, selection));
  const record = newest(recordsFor(data, selection), (one) => scalingsIn(one).length > 0);
  if (record === undefined)
    return nothing(
      id,
      title,
      "No record tells what threads are worth for this choice: pnpm bench:scaling measures it.",
    );
  const scalings = scalingsIn(record);
  const keys = [
    { name: "Lossmill", colour: (palette: Palette) => palette.ours[0] },
    { name: "arithmetic alone: what the machine itself gains", colour: (palette: Palette) => palette.rival },
  ];
  const rows = scalings.map((one) => ({
    name: `${one.workload}, ${one.workers} threads`,
    values: [one.speedup, one.control],
    hover: hover(`${one.workload}, ${one.workers} threads, ${one.trials.toLocaleString("en")} trials`, [
      ["times as fast as one", withSpread(one.speedup)],
      ["arithmetic alone", withSpread(one.control)],
      ["Lossmill over arithmetic", withSpread(one.ratio)],
    ]),
  }));
  return {
    id,
    title,
    says: `How many times as fast as one thread, in the newest record: ${sourceOf(record)}. Medians over the rounds, lowest and highest. Two "cores" of a cloud's machine are often one: arithmetic alone, in the same rounds, tells what there is to gain.`,
    figures: [
      {
        title: "",
        label: "times as fast as one thread",
        height: intervalHeight(rows.length * 1.3),
        legend: keys,
        option: (palette) =>
          intervalOption(
            {
              isLog: false,
              reference: 1,
              rows: rows.map((row) => ({ ...row, colours: keys.map(({ colour }) => colour(palette)) })),
            },
            palette,
          ),
      },
    ],
    table: {
      head: ["workload", "threads", "trials", "times as fast as one", "arithmetic alone", "ratio of the two"],
      rows: scalings.map(({ workload, workers, trials, speedup, control, ratio }) => [
        workload,
        String(workers),
        trials.toLocaleString("en"),
        ...[speedup, control, ratio].map(withSpread),
      ]),
    },
  };
};
