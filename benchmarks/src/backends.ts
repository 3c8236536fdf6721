import { backend as naive } from "@lossmill/backend-naive";
import type { Backend } from "@lossmill/core";

/** The backends that the suites are run on: one more is one line here. */
export const backends: readonly Backend[] = [naive];
