import { accessSync, constants, renameSync, rmSync, statSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { LossmillError, type Plan } from "@lossmill/core";
import { printable } from "../print/printable.ts";
import { reasonOf } from "../read-portfolio.ts";
import { type Rows, type RowsFile, inBatches, policiesOf } from "./rows.ts";

/** Opens a file that does not exist yet; throws as the system does. */
type OpenFile = (path: string, plan: Plan) => Promise<RowsFile>;

/** Loaded when needed: the Arrow and Parquet libraries would double the start of every other command. */
const FORMATS: Readonly<Record<string, () => Promise<OpenFile>>> = {
  ".csv": async () => (await import("./csv.ts")).csvFile,
  ".arrow": async () => (await import("./arrow.ts")).arrowFile,
  ".parquet": async () => (await import("./parquet.ts")).parquetFile,
};

/**
 * A place for losses that was checked before the run. They are written beside it, and the place is only taken when the
 * file is complete: it never holds half of one.
 */
export interface LossesFile {
  /** Takes the next rows of a run of `plan`. Throws BAD_OUTPUT. */
  readonly add: (rows: Rows, plan: Plan) => Promise<void>;
  readonly end: (plan: Plan) => Promise<void>;
  /** Leaves nothing behind of what is not complete. */
  readonly abandon: () => Promise<void>;
}

/** Checks, before any work is done, that losses can be written to `path`. Throws BAD_OUTPUT. */
export function lossesFile(path: string): LossesFile {
  const load = FORMATS[extname(path).toLowerCase()];
  if (!load) refuse(path, `expected a name that ends in ${Object.keys(FORMATS).join(", ")}`);
  try {
    accessSync(dirname(resolve(path)), constants.W_OK);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) refuse(path, "is a folder");
  } catch (error) {
    refuseFor(path, error);
  }
  const partial = `${path}.${process.pid}.partial`;
  let file: RowsFile | undefined;

  async function attempt(plan: Plan, action: (file: RowsFile) => Promise<void>): Promise<void> {
    try {
      file ??= inBatches(await (await load())(partial, plan), policiesOf(plan).length);
      await action(file);
    } catch (error) {
      await abandon();
      refuseFor(path, error);
    }
  }

  async function abandon(): Promise<void> {
    const opened = file;
    file = undefined;
    // It may be what has failed.
    await opened?.abandon().catch(() => {});
    rmSync(partial, { force: true });
  }

  return {
    add: (rows, plan) => attempt(plan, (opened) => opened.add(rows)),
    async end(plan) {
      await attempt(plan, async (opened) => {
        await opened.end();
        renameSync(partial, path);
      });
      file = undefined;
    },
    abandon,
  };
}

function refuseFor(path: string, error: unknown): never {
  if (error instanceof LossmillError) throw error;
  refuse(path, reasonOf(error));
}

function refuse(path: string, message: string): never {
  throw new LossmillError("BAD_OUTPUT", { place: `--losses ${printable(path)}`, message });
}
