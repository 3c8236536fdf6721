import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { LossmillError, type Plan, type SavedSummary } from "@lossmill/core";
import { printable } from "./print/printable.ts";
import { reasonOf } from "./read-portfolio.ts";
import { version } from "./version.ts";

/** A run as it stands: what goes on from it ends with the bits of one that never stopped. */
export interface Checkpoint {
  readonly plan: Plan;
  readonly summary: SavedSummary;
  /** What the command line was asked for. */
  readonly asked: Asked;
}

/** What a run was asked for that is not in its plan. */
export interface Asked {
  readonly at?: readonly number[] | undefined;
  readonly until?: string | undefined;
}

const MAGIC = "lossmill-checkpoint";

/** Where an array is, in bytes from the first, and how long. */
interface Place {
  readonly doubles: number;
  readonly offset: number;
  /** Whether it was one of 32-bit whole numbers. */
  readonly isWhole: boolean;
}

/**
 * Writes a checkpoint: a line with the checksum of the rest, a line of JSON, and the doubles that it refers to. It is
 * written beside its place, to the disk, and then takes it, so that a place that holds one always holds a whole one.
 * Throws BAD_OUTPUT.
 */
export function writeCheckpoint(path: string, checkpoint: Checkpoint): void {
  const arrays: Uint8Array[] = [];
  let offset = 0;
  const header = JSON.stringify({ version: version(), hash: hashOf(checkpoint.plan), ...checkpoint }, (_, value) => {
    if (!(value instanceof Float64Array || value instanceof Int32Array)) return value as unknown;
    // Doubles all: whole numbers of 32 bits are among them, and there are few.
    const doubles = Float64Array.from(value);
    arrays.push(new Uint8Array(doubles.buffer));
    const place = { doubles: doubles.length, offset, isWhole: value instanceof Int32Array };
    offset += doubles.byteLength;
    return place;
  });
  const body = [Buffer.from(`${header}\n`), ...arrays];
  const partial = `${path}.${process.pid}.partial`;
  try {
    const file = openSync(partial, "w");
    try {
      for (const bytes of [Buffer.from(`${MAGIC} ${checksum(body)}\n`), ...body]) writeAll(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    refuse("BAD_OUTPUT", path, reasonOf(error));
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

/** Reads a checkpoint. Throws BAD_CHECKPOINT for what is not a whole one of this version. */
export function readCheckpoint(path: string): Checkpoint {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return refuse("BAD_CHECKPOINT", path, reasonOf(error));
  }
  const first = bytes.indexOf("\n");
  const [magic, sum] = bytes.toString("latin1", 0, Math.max(0, Math.min(first, 200))).split(" ");
  if (magic !== MAGIC) refuse("BAD_CHECKPOINT", path, "is not a checkpoint");
  if (sum !== checksum([bytes.subarray(first + 1)])) refuse("BAD_CHECKPOINT", path, "is damaged or not whole");
  const second = bytes.indexOf("\n", first + 1);
  const { buffer } = Uint8Array.from(bytes.subarray(second + 1));
  const read = JSON.parse(bytes.toString("utf8", first + 1, second), (_, value: unknown) => {
    const { doubles, offset, isWhole } = (value ?? {}) as Partial<Place>;
    if (doubles === undefined) return value;
    const array = new Float64Array(buffer, offset, doubles);
    return isWhole ? Int32Array.from(array) : array;
  }) as Checkpoint & { readonly version: string; readonly hash: string };
  if (read.version !== version()) {
    refuse("BAD_CHECKPOINT", path, `was made by version ${read.version}, this is ${version()}: the bits may differ`);
  }
  if (read.hash !== hashOf(read.plan)) refuse("BAD_CHECKPOINT", path, "does not belong to its plan");
  return { plan: read.plan, summary: read.summary, asked: read.asked };
}

/** Throws BAD_OUTPUT where a new run would overwrite what is there. */
export function checkCheckpointPlace(path: string): void {
  if (!existsSync(path)) return;
  refuse("BAD_OUTPUT", path, "exists: go on with it by lossmill resume, or remove it");
}

function checksum(parts: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

function hashOf(plan: Plan): string {
  return checksum([Buffer.from(JSON.stringify(plan))]);
}

function refuse(code: "BAD_OUTPUT" | "BAD_CHECKPOINT", path: string, message: string): never {
  throw new LossmillError(code, { place: `checkpoint ${printable(path)}`, message });
}
