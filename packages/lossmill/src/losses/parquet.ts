import type { Plan, TrialLosses } from "@lossmill/core";
import { parquetWriteFile } from "hyparquet-writer";
import { fileMetadata } from "./metadata.ts";

/** A Parquet file, Snappy-compressed, the plan's identity as key-value metadata. */
export async function writeParquet(path: string, losses: TrialLosses, plan: Plan): Promise<void> {
  const trials = BigInt64Array.from({ length: losses.total.length }, (_, t) => BigInt(t));
  parquetWriteFile({
    filename: path,
    rowGroupSize: 131_072,
    kvMetadata: [...fileMetadata(plan)].map(([key, value]) => ({ key, value })),
    columnData: [
      { name: "trial", data: trials, type: "INT64", nullable: false },
      { name: "total", data: losses.total, type: "DOUBLE", nullable: false },
      { name: "max_occurrence", data: losses.maxOccurrence, type: "DOUBLE", nullable: false },
      { name: "claims", data: Int32Array.from(losses.claims), type: "INT32", nullable: false },
    ],
  });
}
