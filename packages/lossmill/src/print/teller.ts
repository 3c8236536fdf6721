import type { Note, Part, Plan, ResolvedConfig, Summary } from "@lossmill/core";
import type { Choice } from "../choose-backend.ts";
import type { Simulation } from "../simulation.ts";
import type { Trial } from "../worst-trials.ts";
import { printable } from "./printable.ts";
import { blockLine, chosenText, convergenceText, finishedText, worstTrialsText } from "./verbose-text.ts";

/** Tells on standard error how a run goes, as much as `-v` asks for. */
export interface Teller {
  readonly started: (plan: Plan, config: ResolvedConfig, choice: Choice) => void;
  readonly note: (note: Note) => void;
  readonly soFar: (summary: Summary) => void;
  readonly block: (part: Part) => void;
  readonly finished: (simulation: Simulation) => void;
  readonly worst: (trials: readonly Trial[]) => void;
}

/** In words. */
export function textTeller(verbose: number): Teller {
  const from = <T extends unknown[]>(level: number, text: (...given: T) => string) =>
    verbose < level ? () => {} : (...given: T) => void process.stderr.write(`${text(...given)}\n`);
  const warn = from(1, (message: string) => `lossmill: warning: ${printable(message)}`);
  const inform = from(2, (message: string) => `note         ${printable(message)}`);
  return {
    started: from(2, chosenText),
    note: ({ isWarning, message }) => (isWarning ? warn(message) : inform(message)),
    soFar: from(2, convergenceText),
    block: from(3, blockLine),
    finished: from(2, finishedText),
    worst: from(3, worstTrialsText),
  };
}
