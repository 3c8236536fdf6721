import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

const ROOT = "/sys/fs/cgroup";

/** Reads a file of the system; null where there is none. */
export type ReadSystemFile = (path: string) => string | null;

/**
 * The cores that this process may keep busy, at least 1: those that it may run on (affinity), or fewer where a cgroup,
 * its own or one above it, has a quota of processor time (a container's `--cpus`). A part of a core counts as a core.
 */
export function availableCores(cores = availableParallelism(), read: ReadSystemFile = readSystemFile): number {
  const quotas = [quotaOfFirstVersion(read), ...groups(read).map((group) => quota(read(`${ROOT}${group}/cpu.max`)))];
  return Math.max(1, Math.min(cores, ...quotas.map((share) => Math.ceil(share))));
}

/** The process's own cgroup and those above it; the root, which has no quota but in a container, last. */
function groups(read: ReadSystemFile): string[] {
  const own = /^0::(\/.*)$/m.exec(read("/proc/self/cgroup") ?? "")?.[1] ?? "/";
  const names = own.split("/").filter((name) => name !== "");
  return [...names.map((_, i) => `/${names.slice(0, names.length - i).join("/")}`), ""];
}

/** Cores' worth of time in `cpu.max`: microseconds, or max, in each period. */
function quota(text: string | null): number {
  const [share, period] = (text ?? "max").trim().split(/\s+/);
  return share === "max" ? Infinity : coresOf(Number(share), Number(period));
}

function quotaOfFirstVersion(read: ReadSystemFile): number {
  const share = Number(read(`${ROOT}/cpu/cpu.cfs_quota_us`) ?? -1);
  return coresOf(share, Number(read(`${ROOT}/cpu/cpu.cfs_period_us`) ?? 0));
}

function coresOf(share: number, period: number): number {
  return share > 0 && period > 0 ? share / period : Infinity;
}

function readSystemFile(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
