import type { Plan } from "@lossmill/core";
import type { Rows } from "./rows.ts";

/** A format: makes bytes of batches of rows, and knows no file. Its bytes depend on the plan and the batches alone. */
export interface Encoder {
  /** What a file begins with. */
  readonly begin: () => Uint8Array;
  /** The next batch, in pieces, each valid until the next one is asked for. */
  readonly encode: (rows: Rows) => Iterable<Uint8Array>;
  /** What a file ends with, after the batches so far. */
  readonly end: () => Uint8Array;
  /** What `end` has to know of the batches so far: numbers, texts, bigints and arrays of them. */
  readonly save: () => unknown;
}

/** Where a file stands: how many bytes it has, and what its encoder saved. */
export interface Encoded {
  readonly bytes: number;
  readonly state: unknown;
}

/** An encoder for a new file (`from` null), or one that goes on with another one's. */
export type MakeEncoder = (plan: Plan, from: Encoded | null) => Encoder;
