import type { Hash } from "node:crypto";
import { constants, existsSync, rmSync } from "node:fs";
import { copyFile, rename } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { type ErrorCode, LossmillError, type Plan } from "@lossmill/core";
import { checkOutputPlace } from "../check-output-place.ts";
import { nodeCrypto } from "../node-crypto.ts";
import { printable } from "../print/printable.ts";
import { reasonOf } from "../read-portfolio.ts";
import type { Encoder, MakeEncoder } from "./encoder.ts";
import { type PartialFile, type Written, hashWritten, partialFile } from "./partial-file.ts";
import { type RowBatches, type SavedRows, rowBatches } from "./row-batches.ts";
import type { Rows } from "./rows.ts";

/** Loaded when needed: the Arrow and Parquet libraries would double the start of every other command. */
const FORMATS: Readonly<Record<string, () => Promise<MakeEncoder>>> = {
  ".csv": async () => (await import("./csv.ts")).csvEncoder,
  ".arrow": async () => (await import("./arrow.ts")).arrowEncoder,
  ".parquet": async () => (await import("./parquet.ts")).parquetEncoder,
};

/**
 * A place for losses that was checked before the run. They are written beside it, and the place is only taken when the
 * file is complete: it never holds half of one.
 */
export interface LossesFile {
  /** Takes the next rows of a run of `plan`. Throws BAD_OUTPUT. */
  readonly add: (rows: Rows, plan: Plan) => Promise<void>;
  /** Settles when the rows so far are on the disk, but for those that come with what it gives. Throws BAD_OUTPUT. */
  readonly save: () => Promise<SavedLosses>;
  /** Completes the file. Throws BAD_OUTPUT. */
  readonly end: (plan: Plan) => Promise<void>;
  /** Lets go of what is not complete; it is removed unless a checkpoint may go on with it. */
  readonly abandon: () => Promise<void>;
}

/** A losses file as it stands: what goes on from it ends with the bytes of one that was written at once. */
export interface SavedLosses extends Written {
  /** Where it will be. */
  readonly path: string;
  /** Where it is: a name that no other run has. */
  readonly partial: string;
  /** Rows that are not in it yet. */
  readonly rows: SavedRows;
  /** What its encoder knows. */
  readonly state: unknown;
}

/**
 * Checks, before any work is done, that losses can be written to `path`. `isSaved`: a checkpoint will name what is not
 * complete, which is therefore kept. Throws BAD_OUTPUT.
 */
export function lossesFile(path: string, isSaved = false): LossesFile {
  const place = resolve(path);
  checkPlace(place);
  const { createHash, randomBytes } = nodeCrypto();
  const hash = createHash("sha256");
  const partial = `${place}.${randomBytes(6).toString("hex")}.partial`;
  const rows = { start: 0, held: new Float64Array(0) };
  const saved = { path: place, partial, bytes: 0, sum: hash.copy().digest("hex"), rows, state: null };
  return goOn(saved, partial, hash, isSaved);
}

/**
 * Goes on with a losses file that was saved. Reads what is there of it and changes nothing yet. Where the partial file has
 * taken its place, as after Ctrl-C, a copy of that is what goes on. Throws BAD_CHECKPOINT where it is not as it was saved,
 * BAD_OUTPUT where it cannot be written to.
 */
export async function resumeLosses(saved: SavedLosses): Promise<LossesFile> {
  checkPlace(saved.path);
  const source = [saved.partial, saved.path].find((path) => existsSync(path)) ?? saved.partial;
  const hash = await hashWritten(source, saved).catch((error: unknown) => refuseFor("BAD_CHECKPOINT", source, error));
  return goOn(saved, source, hash, true);
}

interface Writing {
  readonly encoder: Encoder;
  readonly batches: RowBatches;
  readonly file: PartialFile;
}

function goOn(saved: SavedLosses, source: string, hash: Hash, isSaved: boolean): LossesFile {
  const { path, partial, bytes } = saved;
  let writing: Writing | undefined;

  /** Opened when there is something to write, so that a resumed run can claim its checkpoint before. */
  async function open(plan: Plan): Promise<Writing> {
    const makeEncoder = await FORMATS[extensionOf(path)]();
    const encoder = makeEncoder(plan, bytes === 0 ? null : saved);
    const batches = rowBatches(plan, saved.rows);
    if (source !== partial && bytes > 0) await copyWhole(source, partial);
    writing = { encoder, batches, file: await partialFile(partial, bytes, hash) };
    if (bytes === 0) await writing.file.append(encoder.begin());
    return writing;
  }

  async function attempt<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      await abandon();
      return refuseFor("BAD_OUTPUT", path, error);
    }
  }

  async function abandon(): Promise<void> {
    const abandoned = writing;
    writing = undefined;
    // It may be what has failed.
    await abandoned?.file.close().catch(() => {});
    if (!isSaved) rmSync(partial, { force: true });
  }

  return {
    add: (rows, plan) =>
      attempt(async () => {
        const { encoder, batches, file } = writing ?? (await open(plan));
        for (const batch of batches.add(rows)) {
          for (const piece of encoder.encode(batch)) await file.append(piece);
        }
      }),
    save: () =>
      attempt(async () => {
        if (!writing) return saved;
        const { encoder, batches, file } = writing;
        return { path, partial, ...(await file.save()), rows: batches.save(), state: encoder.save() };
      }),
    end: (plan) =>
      attempt(async () => {
        const { encoder, batches, file } = writing ?? (await open(plan));
        const rest = batches.rest();
        if (rest.total.length > 0) for (const piece of encoder.encode(rest)) await file.append(piece);
        await file.append(encoder.end());
        await file.finish(path);
        writing = undefined;
      }),
    abandon,
  };
}

/** A copy that is never seen half. */
async function copyWhole(from: string, to: string): Promise<void> {
  await copyFile(from, `${to}.copy`, constants.COPYFILE_FICLONE);
  await rename(`${to}.copy`, to);
}

function extensionOf(path: string): string {
  return extname(path).toLowerCase();
}

function checkPlace(path: string): void {
  if (!FORMATS[extensionOf(path)]) {
    refuse("BAD_OUTPUT", path, `expected a name that ends in ${Object.keys(FORMATS).join(", ")}`);
  }
  try {
    checkOutputPlace(path);
  } catch (error) {
    refuseFor("BAD_OUTPUT", path, error);
  }
}

function refuseFor(code: ErrorCode, path: string, error: unknown): never {
  if (error instanceof LossmillError) throw error;
  refuse(code, path, reasonOf(error));
}

function refuse(code: ErrorCode, path: string, message: string): never {
  throw new LossmillError(code, { place: `--losses ${printable(path)}`, message });
}
