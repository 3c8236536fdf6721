import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { LossmillError, type Plan, type SavedSummary } from "@lossmill/core";
import type { SavedLosses } from "./losses/losses-file.ts";
import { nodeCrypto } from "./node-crypto.ts";
import { pack, unpack } from "./packed.ts";
import { printable } from "./print/printable.ts";
import { reasonOf } from "./read-portfolio.ts";
import { version } from "./version.ts";

/** A run as it stands: what goes on from it ends with the bits of one that never stopped. */
export interface Checkpoint {
  readonly plan: Plan;
  readonly summary: SavedSummary;
  /** The moments of each policy's losses, where they were asked for. */
  readonly policies?: Float64Array | undefined;
  /** The file of losses, where there is one. */
  readonly losses?: SavedLosses | undefined;
  /** What the command line was asked for. */
  readonly asked: Asked;
}

/** What a run was asked for that is not in its plan. */
export interface Asked {
  readonly at?: readonly number[] | undefined;
  readonly until?: string | undefined;
}

const MAGIC = "lossmill-checkpoint";
/** Bytes that a first line has at most: the magic, a space and a SHA-256. */
const FIRST_LINE = 100;

/** Where a run is saved. */
export interface CheckpointFile {
  /**
   * Saves a run as it stands: writes beside the place, to the disk, and then takes it, so that a place that holds a
   * checkpoint always holds a whole one. Throws BAD_OUTPUT, also where another run has saved there meanwhile: of two that
   * go on with one checkpoint the one that came later has it.
   */
  readonly save: (checkpoint: Checkpoint) => void;
}

/** A place for a new run. Throws BAD_OUTPUT where a new run would overwrite what is there. */
export function newCheckpoint(path: string): CheckpointFile {
  checkHolder(path, null);
  return checkpointFile(path, null);
}

/** `known`: the checksum of the checkpoint that is there, null where there is none. */
function checkpointFile(path: string, known: string | null): CheckpointFile {
  const run = nodeCrypto().randomBytes(6).toString("hex");
  const partial = `${path}.${run}.saving`;
  let last = known;
  let isClaimed = false;
  return {
    save(checkpoint) {
      checkHolder(path, last);
      try {
        // The name of the run makes the checksum its own.
        last = write(partial, { version: version(), run, hash: hashOf(checkpoint.plan), ...checkpoint });
        renameSync(partial, path);
        if (!isClaimed) removeUnsaved(path);
        isClaimed = true;
      } catch (error) {
        rmSync(partial, { force: true });
        refuse("BAD_OUTPUT", path, reasonOf(error));
      }
    },
  };
}

/** Removes what runs before left that were killed while they saved. */
function removeUnsaved(path: string): void {
  const folder = dirname(resolve(path));
  const name = basename(path);
  for (const file of readdirSync(folder)) {
    const isLeft = file.startsWith(name) && /^\.[\da-f]{12}\.saving$/.test(file.slice(name.length));
    if (isLeft) rmSync(join(folder, file), { force: true });
  }
}

/** Throws BAD_OUTPUT where `path` holds anything but the checkpoint of that checksum. */
function checkHolder(path: string, known: string | null): void {
  if (!existsSync(path)) return;
  if (known === null) refuse("BAD_OUTPUT", path, "exists: go on with it by lossmill resume, or remove it");
  if (sumIn(firstLine(path)) !== known) refuse("BAD_OUTPUT", path, "another run goes on with it");
}

function firstLine(path: string): string {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(FIRST_LINE);
      return bytes.toString("latin1", 0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return refuse("BAD_OUTPUT", path, reasonOf(error));
  }
}

function sumIn(beginning: string): string | null {
  const [magic, sum] = beginning.split("\n", 1)[0].split(" ");
  return magic === MAGIC ? sum : null;
}

/** A line with the checksum of the rest, a line of JSON, and the doubles that it refers to. Returns the checksum. */
function write(path: string, contents: object): string {
  const { text, arrays } = pack(contents);
  const body = [Buffer.from(`${text}\n`), ...arrays];
  const sum = checksum(body);
  const file = openSync(path, "w");
  try {
    for (const bytes of [Buffer.from(`${MAGIC} ${sum}\n`), ...body]) writeAll(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return sum;
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

/** Reads a checkpoint, and gives the place to go on saving in. Throws BAD_CHECKPOINT for what is not a whole one of this version. */
export function readCheckpoint(path: string): { readonly checkpoint: Checkpoint; readonly file: CheckpointFile } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return refuse("BAD_CHECKPOINT", path, reasonOf(error));
  }
  const first = bytes.indexOf("\n");
  const sum = sumIn(bytes.toString("latin1", 0, FIRST_LINE));
  if (sum === null) return refuse("BAD_CHECKPOINT", path, "is not a checkpoint");
  if (sum !== checksum([bytes.subarray(first + 1)])) refuse("BAD_CHECKPOINT", path, "is damaged or not whole");
  const second = bytes.indexOf("\n", first + 1);
  const { buffer } = Uint8Array.from(bytes.subarray(second + 1));
  const read = unpack(bytes.toString("utf8", first + 1, second), buffer) as Checkpoint & Claims;
  if (read.version !== version()) {
    refuse("BAD_CHECKPOINT", path, `was made by version ${read.version}, this is ${version()}: the bits may differ`);
  }
  if (read.hash !== hashOf(read.plan)) refuse("BAD_CHECKPOINT", path, "does not belong to its plan");
  const { plan, summary, policies, losses, asked } = read;
  return { checkpoint: { plan, summary, policies, losses, asked }, file: checkpointFile(path, sum) };
}

/** What a checkpoint says of itself. */
interface Claims {
  readonly version: string;
  /** Of the plan. */
  readonly hash: string;
}

function checksum(parts: readonly Uint8Array[]): string {
  const hash = nodeCrypto().createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

function hashOf(plan: Plan): string {
  return checksum([Buffer.from(JSON.stringify(plan))]);
}

function refuse(code: "BAD_OUTPUT" | "BAD_CHECKPOINT", path: string, message: string): never {
  throw new LossmillError(code, { place: `checkpoint ${printable(path)}`, message });
}
