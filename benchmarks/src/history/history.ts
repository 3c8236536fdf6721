import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Stop } from "../command-line.ts";
import { checked, checkedFile } from "./checked.ts";
import { type HistoryRecord, type HistoryRecordFile, historyRecord } from "./history-record.ts";

/** Where the repository keeps its records, one a file, named by day and commit. */
export const HISTORY = fileURLToPath(new URL("../../records/history", import.meta.url));

/** A second record of a commit on a day has -2 at the end, the next -3. */
const NAME = /^(\d{4}-\d\d-\d\d)-([0-9a-f]{7})(-\d+)?\.json$/;

/**
 * Every record of a folder, the oldest commit first; none where the folder is missing. Throws Stop, code 2, for a file
 * that is not a record of the day and commit that it is named by.
 */
export function readHistory(folder: string = HISTORY): HistoryRecord[] {
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  return files.map((file) => readRecord(folder, file)).sort(byAge);
}

function readRecord(folder: string, file: string): HistoryRecord {
  const path = join(folder, file);
  const named = NAME.exec(file);
  if (named === null) throw new Stop(`${path}: is no record: records are named YYYY-MM-DD-COMMIT.json`, 2);
  const record = checkedFile(path, historyRecord);
  const [, date, commit] = named;
  if (record.date !== date) throw new Stop(`${path}: date: is ${record.date}, not the day in the name`, 2);
  if (!record.commit.startsWith(commit))
    throw new Stop(`${path}: commit: is ${record.commit}, not the one in the name`, 2);
  return record;
}

function byAge(a: HistoryRecord, b: HistoryRecord): number {
  return a.committed.localeCompare(b.committed) || a.date.localeCompare(b.date);
}

/** Adds a record to a folder and returns the path of its file. Throws Stop, code 2, for what is no record. */
export function addToHistory(record: HistoryRecordFile, folder: string = HISTORY): string {
  checked(record, historyRecord, "the new record");
  mkdirSync(folder, { recursive: true });
  const path = freePath(join(folder, `${record.date}-${record.commit.slice(0, 7)}`));
  // Under another name until it is whole; one that ends in .json would be read.
  writeFileSync(`${path}.unfinished`, textOf(record));
  renameSync(`${path}.unfinished`, path);
  return path;
}

function freePath(stem: string): string {
  const names = [`${stem}.json`, ...Array.from({ length: 998 }, (_, i) => `${stem}-${i + 2}.json`)];
  const free = names.find((path) => !existsSync(path));
  if (free === undefined) throw new Stop(`${stem}.json: is there 999 times`, 2);
  return free;
}

/** JSON with one line for what fits on one: a contestant, a pair of backends, a workload on threads. */
function textOf(record: HistoryRecordFile): string {
  return `${indented(record, "")}\n`;
}

const WIDTH = 240;

function indented(value: unknown, indent: string): string {
  const line = JSON.stringify(value);
  if (typeof value !== "object" || value === null || (indent !== "" && indent.length + line.length <= WIDTH))
    return line;
  const inner = `${indent} `;
  const parts = Array.isArray(value)
    ? value.map((one) => indented(one, inner))
    : Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${indented(one, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${indent}${close}`;
}
