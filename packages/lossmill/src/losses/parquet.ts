import type { Plan } from "@lossmill/core";
import { ParquetWriter, fileWriter, schemaFromColumnData } from "hyparquet-writer";
import { fileMetadata } from "./metadata.ts";
import type { Rows, RowsFile } from "./rows.ts";

/** A Parquet file, Snappy-compressed: a row group for each batch of rows, the plan's identity as key-value metadata. */
export async function parquetFile(path: string, plan: Plan): Promise<RowsFile> {
  const none = new Float64Array(0);
  const schema = schemaFromColumnData({
    columnData: columns({ start: 0, total: none, maxOccurrence: none, claims: none }).map((column, i) => ({
      ...column,
      type: TYPES[i],
      nullable: false,
    })),
  });
  const kvMetadata = [...fileMetadata(plan)].map(([key, value]) => ({ key, value }));
  const writer = new ParquetWriter({ writer: fileWriter(path), schema, kvMetadata });
  return {
    async add(rows) {
      await writer.write({ columnData: columns(rows), rowGroupSize: rows.total.length });
    },
    async end() {
      await writer.finish();
    },
    // The library opens the file for each piece that it writes.
    abandon: async () => {},
  };
}

const TYPES = ["INT64", "DOUBLE", "DOUBLE", "INT32"] as const;

function columns({ start, total, maxOccurrence, claims }: Rows) {
  return [
    { name: "trial", data: BigInt64Array.from({ length: total.length }, (_, i) => BigInt(start + i)) },
    { name: "total", data: total },
    { name: "max_occurrence", data: maxOccurrence },
    { name: "claims", data: Int32Array.from(claims) },
  ];
}
