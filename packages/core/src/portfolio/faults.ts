import type { Fault } from "../errors.ts";
import { LossmillError } from "../errors.ts";
import { quote } from "./shown.ts";

/** Where something is in a portfolio: keys and indices from the top. */
export type Path = readonly PropertyKey[];

/** Further faults are not looked for: what was given is not meant to be a portfolio. */
export const MOST_FAULTS = 1_000;

const MOST_LISTED = 20;

/** `path` as a user would point at it: `policies[3].severity.sdlog`; the portfolio itself is `portfolio`. */
export function placeOf(path: Path): string {
  let place = "";
  for (const step of path) {
    if (typeof step === "number") place += `[${step}]`;
    else if (/^[A-Za-z_$][\w$]{0,39}$/.test(String(step))) place += `${place === "" ? "" : "."}${String(step)}`;
    else place += `[${quote(String(step))}]`;
  }
  return place === "" ? "portfolio" : place;
}

/** Throws the first 20 of `faults`, and how many there are beyond them. */
export function refuse(faults: readonly Fault[]): never {
  const more = faults.length - MOST_LISTED;
  const listed = faults.slice(0, MOST_LISTED);
  if (more > 0) {
    const count = faults.length >= MOST_FAULTS ? `${MOST_FAULTS - MOST_LISTED} or more` : more;
    listed.push({ place: "portfolio", message: `${count} further faults are not listed` });
  }
  throw new LossmillError("BAD_PORTFOLIO", listed);
}

/** Throws one fault. */
export function refuseAt(place: string, message: string, cause?: unknown): never {
  throw new LossmillError("BAD_PORTFOLIO", { place, message }, cause === undefined ? undefined : { cause });
}
