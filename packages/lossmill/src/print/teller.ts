import type { ClaimForms, Note, Part, Plan, ResolvedConfig } from "@lossmill/core";
import type { Choice } from "../choose-backend.ts";
import type { Look } from "../looks.ts";
import type { Simulation } from "../simulation.ts";
import type { Trial } from "../worst-trials.ts";
import { printable } from "./printable.ts";
import { blockLine, chosenText, finishedText, lookText, worstTrialsText } from "./verbose-text.ts";

/** Tells on standard error how a run goes, as much as `-v` asks for. */
export interface Teller {
  readonly started: (plan: Plan, config: ResolvedConfig, choice: Choice) => void;
  readonly note: (note: Note) => void;
  readonly look: (look: Look) => void;
  readonly block: (part: Part) => void;
  /** `forms`: null where no table is read. */
  readonly finished: (simulation: Simulation, forms: ClaimForms | null) => void;
  readonly worst: (trials: readonly Trial[]) => void;
}

/** In words. */
export function textTeller(verbose: number, write: (text: string) => void): Teller {
  const from = <T extends unknown[]>(level: number, text: (...given: T) => string) =>
    verbose < level ? () => {} : (...given: T) => write(`${text(...given)}\n`);
  const warn = from(1, (message: string) => `lossmill: warning: ${printable(message)}`);
  const inform = from(2, (message: string) => `note         ${printable(message)}`);
  return {
    started: from(2, chosenText),
    note: ({ isWarning, message }) => (isWarning ? warn(message) : inform(message)),
    look: from(2, lookText),
    block: from(3, blockLine),
    finished: from(2, finishedText),
    worst: from(3, worstTrialsText),
  };
}
