// All our backends pass the suite that others are asked to pass, and what it holds them against is still so.
import * as naive from "@lossmill/backend-naive";
import { streaming } from "@lossmill/backend-streaming";
import * as vectorized from "@lossmill/backend-vectorized";
import * as wasm from "@lossmill/backend-wasm";
import { workers } from "@lossmill/backend-workers";
import { type Backend, SAMPLING_METHODS } from "@lossmill/core";
import { conformance } from "@lossmill/harness/conformance";
import { describe, expect, test } from "vitest";
import { randomVectors, truthRecords } from "../../../tools/conformance-records.ts";
import { BOOKS, COUNT_LAWS } from "../../harness/src/conformance/books.ts";
import { RECORDS } from "../../harness/src/conformance/records.ts";

const over = (name: string, backend: Backend): Backend => ({ ...backend, name });
const onThreads = ({ kernel, backend }: typeof wasm | typeof naive) => workers(kernel, backend);

describe("naive", () => conformance({ test, backend: naive.backend }));
describe("vectorized", () => conformance({ test, backend: vectorized.backend, reference: naive.backend }));
describe("wasm", () => conformance({ test, backend: wasm.backend, reference: vectorized.backend }));
describe.each([
  over("workers over naive", onThreads(naive)),
  over("workers over vectorized", onThreads(vectorized)),
  over("workers over wasm", onThreads(wasm)),
  over("streaming over wasm", streaming(wasm.backend)),
  over("streaming over workers", streaming(onThreads(wasm))),
])("$name", (backend) => conformance({ test, backend }));

test("what is recorded is what NumPy and the exact answer say, and every book and law is", async () => {
  // Losses and counts are held by naive and vectorized themselves, which pass above; the bits by the latter.
  expect(RECORDS.random).toEqual(randomVectors());
  expectNear("truth", RECORDS.truth, await truthRecords());
  const atLevels = (names: readonly string[]) => names.flatMap((name) => [`${name} 0`, `${name} 3`]);
  expect(RECORDS.losses.map(({ book, level }) => `${book} ${level}`)).toEqual(atLevels(BOOKS.map(({ name }) => name)));
  expect(RECORDS.sampling.map(({ sampling, level }) => `${sampling} ${level}`)).toEqual(atLevels(SAMPLING_METHODS));
  expect(RECORDS.counts.map(({ law, level }) => `${law} ${level}`)).toEqual(
    atLevels(COUNT_LAWS.map((law) => JSON.stringify(law))),
  );
});

/** Figures within 1e-6 of each other: their own errors are recorded with them, and may differ by an engine's rounding. */
function expectNear(place: string, a: unknown, b: unknown): void {
  if (typeof a === "number") expect(Math.abs(a - (b as number)), place).toBeLessThanOrEqual(1e-6 * Math.abs(a));
  else if (typeof a === "object" && a !== null) {
    expect(Object.keys(b as object), place).toEqual(Object.keys(a));
    for (const [key, inner] of Object.entries(a)) {
      expectNear(`${place}.${key}`, inner, (b as Record<string, unknown>)[key]);
    }
  } else expect(b, place).toBe(a);
}
