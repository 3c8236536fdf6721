import type { Plan } from "@lossmill/core";
import { ParquetWriter, fileWriter, schemaFromColumnData } from "hyparquet-writer";
import { fileMetadata } from "./metadata.ts";
import { type Rows, type RowsFile, policiesOf } from "./rows.ts";

/** A Parquet file, Snappy-compressed: a row group for each batch of rows, the plan's identity as key-value metadata. */
export async function parquetFile(path: string, plan: Plan): Promise<RowsFile> {
  const policies = policiesOf(plan).map((id) => `policy ${id}`);
  const none = new Float64Array(0);
  const empty = { start: 0, total: none, maxOccurrence: none, claims: none, byPolicy: policies.map(() => none) };
  const types = ["INT64", "DOUBLE", "DOUBLE", "INT32", ...policies.map(() => "DOUBLE" as const)] as const;
  const columnData = columns(policies, empty).map((column, i) => ({ ...column, type: types[i], nullable: false }));
  const kvMetadata = [...fileMetadata(plan)].map(([key, value]) => ({ key, value }));
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: schemaFromColumnData({ columnData }),
    kvMetadata,
  });
  return {
    async add(rows) {
      await writer.write({ columnData: columns(policies, rows), rowGroupSize: rows.total.length });
    },
    async end() {
      await writer.finish();
    },
    // The library opens the file for each piece that it writes.
    abandon: async () => {},
  };
}

function columns(policies: readonly string[], { start, total, maxOccurrence, claims, byPolicy }: Rows) {
  return [
    { name: "trial", data: BigInt64Array.from({ length: total.length }, (_, i) => BigInt(start + i)) },
    { name: "total", data: total },
    { name: "max_occurrence", data: maxOccurrence },
    { name: "claims", data: Int32Array.from(claims) },
    ...policies.map((name, i) => ({ name, data: byPolicy[i] })),
  ];
}
