import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { Plan } from "@lossmill/core";
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
import { type Rows, type RowsFile, policiesOf } from "./rows.ts";

/** An Arrow IPC file (Feather version 2): a record batch for each batch of rows, the plan's identity as metadata. */
export async function arrowFile(path: string, plan: Plan): Promise<RowsFile> {
  const fields = [
    new Field("trial", new Int64(), false),
    new Field("total", new Float64(), false),
    new Field("max_occurrence", new Float64(), false),
    new Field("claims", new Int32(), false),
    ...policiesOf(plan).map((id) => new Field(`policy ${id}`, new Float64(), false)),
  ];
  const schema = new Schema(fields, fileMetadata(plan));
  const writer = new RecordBatchFileWriter();
  const file = createWriteStream(path);
  const written = finished(writer.toNodeStream().pipe(file));
  // A failure is told by what waits for it next.
  written.catch(() => {});
  return {
    async add(rows) {
      writer.write(batchOf(schema, rows));
      await new Promise((resolve) => setImmediate(resolve));
      if (file.writableNeedDrain) await Promise.race([once(file, "drain"), written]);
    },
    async end() {
      writer.finish();
      await written;
    },
    async abandon() {
      file.destroy();
    },
  };
}

function batchOf(schema: Schema, { start, total, maxOccurrence, claims, byPolicy }: Rows): RecordBatch {
  const children = [
    makeData({ type: new Int64(), data: BigInt64Array.from({ length: total.length }, (_, i) => BigInt(start + i)) }),
    makeData({ type: new Float64(), data: total.slice() }),
    makeData({ type: new Float64(), data: maxOccurrence.slice() }),
    makeData({ type: new Int32(), data: Int32Array.from(claims) }),
    ...byPolicy.map((losses) => makeData({ type: new Float64(), data: losses.slice() })),
  ];
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: total.length, children }));
}
