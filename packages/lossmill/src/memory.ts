import { freemem } from "node:os";
import { LossmillError } from "@lossmill/core";
import { grouped } from "./print/number.ts";

/** Bytes that this process may still take: limits of cgroups, version 1 and 2, included where Node knows them (from 20.13 and 22 on). */
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

/** Throws OUT_OF_MEMORY: what would do is a limit of `needed` bytes. */
export function refuseMemory(needed: number, limit: number, what: string): never {
  const message = `${what}: ${megabytes(needed)} would do, the limit is ${megabytes(limit)}`;
  throw new LossmillError("OUT_OF_MEMORY", { place: "memoryLimit", message });
}

/** Bytes as text, rounded up, so that what is told as enough is. */
export function megabytes(bytes: number): string {
  const step = bytes < 1e7 ? 1e5 : 1e6;
  return `${grouped(`${Number(((Math.ceil(bytes / step) * step) / 1e6).toFixed(1))}`)} MB`;
}
