/** Writes docs/baseline.md from records/baseline.json. */
import { readFileSync, writeFileSync } from "node:fs";
import { baselinePage } from "./src/baseline-page.ts";
import type { BenchRecord } from "./src/record.ts";

const record = JSON.parse(readFileSync(new URL("records/baseline.json", import.meta.url), "utf8")) as BenchRecord;
writeFileSync(new URL("../docs/baseline.md", import.meta.url), baselinePage(record));
