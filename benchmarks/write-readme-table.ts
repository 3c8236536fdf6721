/** Rewrites the table between README.md's markers from records/peers.json. */
import { readFileSync, writeFileSync } from "node:fs";
import { withBenchmarks } from "./src/readme-table.ts";
import type { BenchRecord } from "./src/record.ts";

const README = new URL("../README.md", import.meta.url);
const record = JSON.parse(readFileSync(new URL("records/peers.json", import.meta.url), "utf8")) as BenchRecord;
writeFileSync(README, withBenchmarks(readFileSync(README, "utf8"), record));
