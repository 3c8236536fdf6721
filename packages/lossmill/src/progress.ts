import type { Part, Plan } from "@lossmill/core";
import { Presets, SingleBar } from "cli-progress";
import { formatNumber, formatSeconds } from "./print/number.ts";

/** A progress bar on a terminal. */
export interface Progress {
  /** Counts a finished block. */
  advance(part: Part, plan: Plan): void;
  /** Clears the line. */
  end(): void;
}

/** A bar with rate and time left on `stream`; none in a pipe or a file. */
export function progressBar(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return { advance() {}, end() {} };
  const begun = performance.now();
  const bar = new SingleBar(
    {
      stream,
      format: "{bar} {percentage} %  {done} of {all} years  {rate} a second  {left} left",
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      fps: 8,
    },
    Presets.shades_classic,
  );
  let started = false;
  let done = 0;
  return {
    advance({ block }, { trials }) {
      const all = trials ?? 0;
      done += block.end - block.start;
      const seconds = (performance.now() - begun) / 1000;
      const rate = done / seconds;
      const payload = {
        done: formatNumber(done),
        all: formatNumber(all),
        rate: formatNumber(rate),
        left: formatSeconds((all - done) / rate),
      };
      if (!started) bar.start(all, done, payload);
      started = true;
      bar.update(done, payload);
    },
    end() {
      if (started) bar.stop();
    },
  };
}
