import { mergeConfig } from "vitest/config";
import { shared } from "../../vitest.shared.ts";

/** Tests of minutes, run by `pnpm test:long`: the short ones' cases with more trials, and coverage over many seeds. */
export default mergeConfig(
  { ...shared, test: { ...shared.test, include: [] } },
  { test: { include: ["test-long/**/*.test.ts", "test/answers.truth.test.ts"], testTimeout: 1_800_000 } },
);
