/** Stable codes of the errors that Lossmill throws on purpose; anything else is a defect. */
export type ErrorCode =
  | "BAD_PORTFOLIO"
  | "BAD_CONFIGURATION"
  | "BAD_PLAN"
  | "NOT_SUPPORTED"
  | "OUT_OF_MEMORY"
  | "WORKER_FAILED"
  | "BAD_OUTPUT"
  | "BAD_CHECKPOINT"
  | "STOPPED";

/** One thing that is wrong: `place` as a user would point at it, e.g. `policies[3].severity.sdlog`. */
export interface Fault {
  readonly place: string;
  readonly message: string;
}

/** An error that the user can mend. `message` is one printable line that names the place; `faults` lists all of them. */
export class LossmillError extends Error {
  readonly code: ErrorCode;
  readonly faults: readonly Fault[];

  constructor(code: ErrorCode, faults: Fault | readonly Fault[], options?: ErrorOptions) {
    const all = Array.isArray(faults) ? (faults as readonly Fault[]) : [faults as Fault];
    const first = all[0] ?? { place: "", message: "unknown fault" };
    const more = all.length > 1 ? ` (and ${all.length - 1} more)` : "";
    super(`${first.place}${first.place === "" ? "" : ": "}${first.message}${more}`, options);
    this.name = "LossmillError";
    this.code = code;
    this.faults = all;
  }

  /** By what it is and not by which copy of this module made it: a backend may bring its own, and so does a bundle. */
  static override [Symbol.hasInstance](found: unknown): boolean {
    return found instanceof Error && found.name === "LossmillError" && "code" in found && "faults" in found;
  }
}
