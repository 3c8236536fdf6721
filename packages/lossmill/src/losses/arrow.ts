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
import type { Encoded, Encoder } from "./encoder.ts";
import { fileMetadata } from "./metadata.ts";
import { type Rows, furtherNames, furtherOf } from "./rows.ts";

/** An Arrow IPC file (Feather version 2): a record batch for each batch of rows, the plan's identity as metadata. */
export function arrowEncoder(plan: Plan, from: Encoded | null): Encoder {
  const fields = [
    new Field("trial", new Int64(), false),
    new Field("total", new Float64(), false),
    new Field("max_occurrence", new Float64(), false),
    new Field("claims", new Int32(), false),
    ...furtherNames(plan, (id) => `policy ${id}`).map((name) => new Field(name, new Float64(), false)),
  ];
  const schema = new Schema(fields, fileMetadata(plan));
  const writer = new BytesWriter();
  writer.reset(undefined, schema);
  const begin = writer.taken();
  if (from) writer.goOn(from.bytes, from.state as Float64Array);
  return {
    begin: () => begin,
    encode(rows) {
      writer.write(batchOf(schema, rows));
      return [writer.taken()];
    },
    end() {
      writer.finish();
      return writer.taken();
    },
    save: () => writer.blocks(),
  };
}

/**
 * The library's writer, with its bytes at hand instead of in a stream. What its footer tells, the places of the batches,
 * can be saved; a subclass, as that is where the library lets it be seen.
 */
class BytesWriter extends RecordBatchFileWriter {
  #pieces: Uint8Array[] = [];

  protected override _write(chunk: ArrayBufferView): this {
    this.#pieces.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    this._position += chunk.byteLength;
    return this;
  }

  /** The bytes since they were last taken. */
  taken(): Uint8Array {
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    return bytes;
  }

  /** Of each batch so far: where it is, the length of its metadata and that of its numbers, in bytes. */
  blocks(): Float64Array {
    const places = this._recordBatchBlocks.map((block) => [block.offset, block.metaDataLength, block.bodyLength]);
    return Float64Array.from(places.flat());
  }

  goOn(position: number, blocks: Float64Array): void {
    this._position = position;
    for (let i = 0; i < blocks.length; i += 3) {
      const [offset, metaDataLength, bodyLength] = blocks.subarray(i, i + 3);
      this._recordBatchBlocks.push({ offset, metaDataLength, bodyLength });
    }
  }
}

/** The arrays of `rows` themselves where their type is the file's: they are encoded before they change. */
function batchOf(schema: Schema, rows: Rows): RecordBatch {
  const { start, total, maxOccurrence, claims } = rows;
  const children = [
    makeData({ type: new Int64(), data: BigInt64Array.from({ length: total.length }, (_, i) => BigInt(start + i)) }),
    makeData({ type: new Float64(), data: total }),
    makeData({ type: new Float64(), data: maxOccurrence }),
    makeData({ type: new Int32(), data: Int32Array.from(claims) }),
    ...furtherOf(rows).map((data) => makeData({ type: new Float64(), data })),
  ];
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: total.length, children }));
}
