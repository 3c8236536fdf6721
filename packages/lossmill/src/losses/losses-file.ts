import { accessSync, constants, renameSync, rmSync, statSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { LossmillError, type Plan, type TrialLosses } from "@lossmill/core";
import { printable } from "../print/printable.ts";
import { reasonOf } from "../read-portfolio.ts";

/** Writes losses to a file that does not exist yet; throws as the system does. */
export type LossesWriter = (path: string, losses: TrialLosses, plan: Plan) => Promise<void>;

/** Loaded when needed: the Arrow and Parquet libraries would double the start of every other command. */
const WRITERS: Readonly<Record<string, () => Promise<LossesWriter>>> = {
  ".csv": async () => (await import("./csv.ts")).writeCsv,
  ".arrow": async () => (await import("./arrow.ts")).writeArrow,
  ".parquet": async () => (await import("./parquet.ts")).writeParquet,
};

/** A place for losses that was checked before the run. */
export interface LossesFile {
  /** Writes beside the place and then renames, so that it never holds half a file. */
  write(losses: TrialLosses, plan: Plan): Promise<void>;
}

/** Checks, before any work is done, that losses can be written to `path`. Throws BAD_OUTPUT. */
export function lossesFile(path: string): LossesFile {
  const load = WRITERS[extname(path).toLowerCase()];
  if (!load) refuse(path, `expected a name that ends in ${Object.keys(WRITERS).join(", ")}`);
  attempt(path, () => {
    accessSync(dirname(resolve(path)), constants.W_OK);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) refuse(path, "is a folder");
  });
  return {
    async write(losses, plan) {
      const partial = `${path}.${process.pid}.partial`;
      try {
        const writer = await load();
        await writer(partial, losses, plan);
        renameSync(partial, path);
      } catch (error) {
        rmSync(partial, { force: true });
        refuse(path, reasonOf(error));
      }
    },
  };
}

function attempt(path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    if (error instanceof LossmillError) throw error;
    refuse(path, reasonOf(error));
  }
}

function refuse(path: string, message: string): never {
  throw new LossmillError("BAD_OUTPUT", { place: `--losses ${printable(path)}`, message });
}
