import type { Plan } from "@lossmill/core";
import { ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import type { Encoded, Encoder } from "./encoder.ts";
import { fileMetadata } from "./metadata.ts";
import { type Rows, furtherNames, furtherOf } from "./rows.ts";

/** A Parquet file, Snappy-compressed: a row group for each batch of rows, the plan's identity as key-value metadata. */
export function parquetEncoder(plan: Plan, from: Encoded | null): Encoder {
  const further = furtherNames(plan, (id) => `policy ${id}`);
  const none = new Float64Array(0);
  const empty = { start: 0, total: none, maxOccurrence: none, claims: none, byPolicy: further.map(() => none) };
  const types = ["INT64", "DOUBLE", "DOUBLE", "INT32", ...further.map(() => "DOUBLE" as const)] as const;
  const columnData = columns(further, empty).map((column, i) => ({ ...column, type: types[i], nullable: false }));
  const kvMetadata = [...fileMetadata(plan)].map(([key, value]) => ({ key, value }));
  const bytes = new ByteWriter();
  // Nothing waits: without a `flush` of its own, what it writes to does all at once.
  const writer = new ParquetWriter({ writer: bytes, schema: schemaFromColumnData({ columnData }), kvMetadata });
  const begin = taken(bytes);
  if (from) {
    bytes.offset = from.bytes;
    writer.row_groups = from.state as RowGroups;
    writer.num_rows = 0n;
    for (const group of writer.row_groups) writer.num_rows += group.num_rows;
  }
  return {
    begin: () => begin,
    encode(rows) {
      void writer.write({ columnData: columns(further, rows), rowGroupSize: rows.total.length });
      return [taken(bytes)];
    },
    end() {
      void writer.finish();
      return taken(bytes);
    },
    save: () => writer.row_groups,
  };
}

type RowGroups = ParquetWriter["row_groups"];

/** The bytes since they were last taken. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

/** Without an index of pages, of which a batch's columns have one each: all that a footer tells is in its row groups. */
function columns(further: readonly string[], rows: Rows) {
  const { start, total, maxOccurrence, claims } = rows;
  const data = furtherOf(rows);
  return [
    { name: "trial", data: BigInt64Array.from({ length: total.length }, (_, i) => BigInt(start + i)) },
    { name: "total", data: total },
    { name: "max_occurrence", data: maxOccurrence },
    { name: "claims", data: Int32Array.from(claims) },
    ...further.map((name, i) => ({ name, data: data[i] })),
  ].map((column) => ({ ...column, offsetIndex: false }));
}
