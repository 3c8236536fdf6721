import { freemem } from "node:os";
import { LossmillError } from "@lossmill/core";

/** Bytes that this process may still take: cgroup limits included where Node knows them (from 20.13 and 22 on). */
export function availableMemory(): number {
  return process.availableMemory?.() ?? freemem();
}

/** A memory limit in bytes: up to 1 it is a share of what is available. */
export function memoryLimitBytes(limit: number, available = availableMemory()): number {
  return limit <= 1 ? limit * available : limit;
}

/** Throws OUT_OF_MEMORY if keeping `needed` bytes would pass the limit, and says how many trials would fit. */
export function checkMemory(needed: number, limit: number, trials: number, hint = ""): void {
  if (needed <= limit) return;
  const fitting = Math.floor((trials * limit) / needed);
  const message = `${trials} trials need ${megabytes(needed)}, the limit is ${megabytes(limit)}; ${fitting} would fit${hint}`;
  throw new LossmillError("OUT_OF_MEMORY", { place: "memoryLimit", message });
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6).toLocaleString("en-US")} MB`;
}
