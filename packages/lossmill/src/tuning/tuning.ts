import { readFileSync } from "node:fs";
import { cpus, homedir } from "node:os";
import { join } from "node:path";
import { LossmillError } from "@lossmill/core";
import { type TunedProfile, readProfile } from "@lossmill/harness/tune";
import { printable } from "../print/printable.ts";
import { reasonOf } from "../read-portfolio.ts";
import { version } from "../version.ts";
import { BUILT_IN } from "./built-in.ts";

/** What a profile was measured on. Of another machine, Node or version it says nothing. */
export interface TunedOn {
  readonly processor: string;
  readonly cores: number;
  readonly platform: string;
  /** Node's major version. */
  readonly node: number;
  readonly version: string;
}

/** A file of `lossmill tune`. */
export interface TuningFile extends TunedProfile {
  readonly tunedOn: TunedOn;
  /** The day, YYYY-MM-DD. */
  readonly date: string;
}

/** The costs that `auto` goes by, and where they come from. */
export interface Tuning {
  readonly profile: TunedProfile;
  readonly source: string;
  /** Why a profile that is there is not used. */
  readonly problem: string | null;
}

/** Where `lossmill tune` puts the profile of this machine, and where it is looked for. */
export function tuningPath(): string {
  const { XDG_CONFIG_HOME: xdg, APPDATA: appData } = process.env;
  const config = xdg || (process.platform === "win32" && appData) || join(homedir(), ".config");
  return join(config, "lossmill", "tuning.json");
}

/**
 * The costs that a configuration's `tuning` names: `auto`, those of this machine where it was tuned; `none`, those that
 * are built in; else a file's. Throws BAD_CONFIGURATION for a named file that is not a profile.
 */
export function readTuning(name: string, cores: number): Tuning {
  if (name === "none") return builtIn(null);
  const path = name === "auto" ? tuningPath() : name;
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (name === "auto") return builtIn(null);
    return refuse(path, reasonOf(error));
  }
  const found = parse(text);
  if (name === "auto") {
    if (found === null) return builtIn(`${path} is damaged or of another version`);
    const other = difference(found.tunedOn, thisMachine(cores));
    if (other !== null) return builtIn(`${path} is not used: ${other}`);
  }
  if (found === null) return refuse(path, "is not a profile of this version: lossmill tune writes one");
  return { profile: found, source: `tuned on ${found.date}`, problem: null };
}

/** What is measured here is measured on this. */
export function thisMachine(cores: number): TunedOn {
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores,
    platform: `${process.platform} ${process.arch}`,
    node: Number.parseInt(process.versions.node, 10),
    version: version(),
  };
}

function builtIn(problem: string | null): Tuning {
  return { profile: BUILT_IN, source: "built in", problem };
}

function parse(text: string): TuningFile | null {
  try {
    const found = JSON.parse(text) as Partial<TuningFile> | null;
    const profile = readProfile(found);
    if (profile === null || typeof found?.tunedOn !== "object" || typeof found.date !== "string") return null;
    return { ...profile, tunedOn: found.tunedOn, date: found.date };
  } catch {
    return null;
  }
}

function difference(measured: TunedOn, here: TunedOn): string | null {
  for (const key of ["processor", "cores", "platform", "node", "version"] as const) {
    if (measured[key] !== here[key]) return `it was tuned on ${key} ${measured[key]}, this is ${here[key]}`;
  }
  return null;
}

function refuse(path: string, message: string): never {
  throw new LossmillError("BAD_CONFIGURATION", { place: `tuning ${printable(path)}`, message });
}
