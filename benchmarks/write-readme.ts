/** Writes what of the README and of docs/sampling.md is made of records: table, pictures and badges. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { readHistory } from "./src/history/history.ts";
import { readmeFiles } from "./src/readme.ts";
import type { BenchRecord } from "./src/record.ts";
import { samplingFiles } from "./src/sampling-files.ts";
import type { SamplingRecord } from "./src/sampling-main.ts";

const ROOT = new URL("../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), "utf8");

const files = {
  ...readmeFiles({
    readme: read("README.md"),
    peers: JSON.parse(read("benchmarks/records/peers.json")) as BenchRecord,
    history: readHistory(),
  }),
  ...samplingFiles(JSON.parse(read("benchmarks/records/sampling.json")) as SamplingRecord),
};
for (const [path, text] of Object.entries(files)) {
  mkdirSync(new URL(".", new URL(path, ROOT)), { recursive: true });
  writeFileSync(new URL(path, ROOT), text);
}
