import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Plan, TrialLosses } from "@lossmill/core";
import {
  Field,
  Float64,
  Int32,
  Int64,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  makeData,
} from "apache-arrow";
import { fileMetadata } from "./metadata.ts";

const ROWS = 65_536;

/** An Arrow IPC file (Feather version 2): record batches of 65,536 trials, the plan's identity as metadata. */
export async function writeArrow(path: string, losses: TrialLosses, plan: Plan): Promise<void> {
  const fields = [
    new Field("trial", new Int64(), false),
    new Field("total", new Float64(), false),
    new Field("max_occurrence", new Float64(), false),
    new Field("claims", new Int32(), false),
  ];
  const schema = new Schema(fields, fileMetadata(plan));
  const writer = RecordBatchFileWriter.writeAll(batches(schema, losses));
  await pipeline(Readable.from(writer), createWriteStream(path));
}

function* batches(schema: Schema, { total, maxOccurrence, claims }: TrialLosses): Generator<RecordBatch> {
  for (let start = 0; start < total.length; start += ROWS) {
    const end = Math.min(start + ROWS, total.length);
    const trials = BigInt64Array.from({ length: end - start }, (_, i) => BigInt(start + i));
    const children = [
      makeData({ type: new Int64(), data: trials }),
      makeData({ type: new Float64(), data: total.slice(start, end) }),
      makeData({ type: new Float64(), data: maxOccurrence.slice(start, end) }),
      makeData({ type: new Int32(), data: Int32Array.from(claims.subarray(start, end)) }),
    ];
    yield new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: end - start, children }));
  }
}
