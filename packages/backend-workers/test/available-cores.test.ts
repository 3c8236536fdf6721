import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { availableCores } from "../src/index.ts";

/** A system that has these files. */
const system = (files: Readonly<Record<string, string>>) => (path: string) => files[path] ?? null;

const OWN = "/proc/self/cgroup";
const ROOT = "/sys/fs/cgroup";

test.each([
  ["no cgroups", {}, 8],
  ["no quota", { [OWN]: "0::/\n", [`${ROOT}/cpu.max`]: "max 100000\n" }, 8],
  ["two cores in a container", { [OWN]: "0::/\n", [`${ROOT}/cpu.max`]: "200000 100000\n" }, 2],
  ["a part of a core counts as one", { [OWN]: "0::/\n", [`${ROOT}/cpu.max`]: "150000 100000\n" }, 2],
  ["less than a core", { [OWN]: "0::/\n", [`${ROOT}/cpu.max`]: "10000 100000\n" }, 1],
  ["a quota of the own group", { [OWN]: "0::/a/b\n", [`${ROOT}/a/b/cpu.max`]: "300000 100000\n" }, 3],
  ["a quota of a group above", { [OWN]: "0::/a/b\n", [`${ROOT}/a/cpu.max`]: "300000 100000\n" }, 3],
  ["more than there are", { [OWN]: "0::/\n", [`${ROOT}/cpu.max`]: "9000000 100000\n" }, 8],
  [
    "the first version of cgroups",
    { [`${ROOT}/cpu/cpu.cfs_quota_us`]: "400000\n", [`${ROOT}/cpu/cpu.cfs_period_us`]: "100000\n" },
    4,
  ],
  [
    "the first version without a quota",
    { [`${ROOT}/cpu/cpu.cfs_quota_us`]: "-1\n", [`${ROOT}/cpu/cpu.cfs_period_us`]: "100000\n" },
    8,
  ],
])("%s", (_, files, cores) => {
  expect(availableCores(8, system(files))).toBe(cores);
});

test("of this process: at least one, at most those that it may run on", () => {
  expect(availableCores()).toBeGreaterThanOrEqual(1);
  expect(availableCores()).toBeLessThanOrEqual(availableParallelism());
});
