import { type StopRule, nextLook } from "@lossmill/backend-streaming";
import { BLOCK_TRIALS, type Part, type Plan, blockCount } from "@lossmill/core";
import { MultiBar, Presets } from "cli-progress";
import type { Look } from "./looks.ts";
import { formatNumber, formatSeconds } from "./print/number.ts";

/** A progress bar on a terminal. */
export interface Progress {
  /** The run itself begins: what went before, such as pilot runs, says nothing of its rate. */
  start(): void;
  /** Counts a finished block. */
  advance(part: Part, plan: Plan): void;
  /** Learns from what is known so far how long a precision may take. */
  look(look: Look): void;
  /** Writes lines above the bar. */
  write(text: string): void;
  /** Clears the line. */
  end(): void;
}

/** How far a run is. */
interface State {
  readonly done: number;
  /** Trials that it is to have; null where that is not known. */
  readonly all: number | null;
  /** Whether `all` is an estimate. */
  readonly isGuess: boolean;
  /** Since the bar began, and in all that time. */
  readonly seconds: number;
  readonly rate: number;
  /** A time that ends the run. */
  readonly limit: number | null;
}

/**
 * A bar with rate and time left on `stream`, a terminal: of the trials, of the time that ends the run, or of the trials that
 * a precision is likely to take. What it says is only put into words when it is drawn, eight times a second: that a block
 * is counted costs nothing.
 */
export function progressBar(stream: NodeJS.WriteStream, until?: StopRule): Progress {
  let begun = performance.now();
  let first: number | null = null;
  let done = 0;
  let asked: number | null = null;
  let guess: number | null = null;
  const state = (): State => {
    const seconds = (performance.now() - begun) / 1000;
    const isGuess = guess !== null && (asked === null || guess < asked);
    const limit = until && "seconds" in until ? until.seconds : null;
    return { done, all: isGuess ? guess : asked, isGuess, seconds, rate: (done - (first ?? 0)) / seconds, limit };
  };
  const bars = new MultiBar(
    {
      stream,
      format: (_, { maxWidth }) => barText(state(), maxWidth),
      // Long lines above the bar are to be wrapped, and the bar is not longer than the terminal is wide.
      linewrap: true,
      clearOnComplete: true,
      fps: 8,
    },
    Presets.shades_classic,
  );
  return {
    start() {
      begun = performance.now();
    },
    advance({ block }, { trials }) {
      done = block.end;
      asked = trials;
      if (first !== null) return;
      first = block.start;
      bars.create(1, 0);
    },
    look(look) {
      guess = trialsNeeded(look);
    },
    write(text) {
      if (first === null) stream.write(text);
      else bars.log(text);
    },
    end() {
      if (first === null) return;
      bars.update();
      bars.stop();
    },
  };
}

/** The trials after which the precision of a rule is likely to be found: errors shrink with their square root. */
export function trialsNeeded({ trials, figures }: Look): number | null {
  let factor = 0;
  for (const { found, bound } of figures) {
    if (bound === undefined || found.value === null || found.se === null) return null;
    const limit = bound.limit * (bound.isRelative ? Math.abs(found.value) : 1);
    const ratio = found.se === 0 ? 0 : found.se / limit;
    factor = Math.max(factor, ratio * ratio);
  }
  if (!(factor < Infinity)) return null;
  const blocks = blockCount(trials);
  const needed = Math.max(factor * blocks, 1);
  return BLOCK_TRIALS * (factor < 1 ? blocks : nextLook(Math.ceil(needed) - 1));
}

const WIDEST_BAR = 24;
const NARROWEST_BAR = 8;

/** The line of a bar, `width` characters at most: where it is narrow, what matters least is left out. */
export function barText({ done, all, isGuess, seconds, rate, limit }: State, width: number): string {
  const shares = [all === null ? 0 : done / all, limit === null ? 0 : seconds / limit];
  const share = Math.min(Math.max(...shares), 1);
  const isKnown = all !== null || limit !== null;
  const lefts = [all === null ? Infinity : (all - done) / rate, limit === null ? Infinity : limit - seconds];
  const left = Math.max(Math.min(...lefts), 0);
  const about = isGuess ? "about " : "";
  const years = `${formatNumber(done)} ${all === null ? "" : `of ${about}${formatNumber(all)} `}years`;
  const speed = `${formatNumber(rate)} a second`;
  if (!isKnown) return shortest([[years, speed], [years]], width);
  const percent = `${Math.floor(100 * share)} %`;
  const time = `${about}${formatSeconds(left)} left`;
  const rest = shortest([[percent, years, speed, time], [percent, years, time], [percent, time], [percent]], width);
  const size = Math.min(WIDEST_BAR, width - rest.length - 2);
  if (size < NARROWEST_BAR) return rest;
  const full = Math.round(share * size);
  return `${"█".repeat(full)}${"░".repeat(size - full)} ${rest}`;
}

/** The first of several texts that fits, or the last. */
function shortest(choices: readonly (readonly string[])[], width: number): string {
  const texts = choices.map((parts) => parts.join("  "));
  return texts.find((text) => text.length < width) ?? texts.at(-1)!.slice(0, Math.max(width - 1, 0));
}
