import { backend as naive } from "@lossmill/backend-naive";
import { backend as vectorized } from "@lossmill/backend-vectorized";
import { backend as wasm } from "@lossmill/backend-wasm";
import type { Backend } from "@lossmill/core";

/** The backends that the suites are run on: one more is one line here. */
export const backends: readonly Backend[] = [naive, vectorized, wasm];
