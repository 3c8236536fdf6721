// One process of the bits gate: runs every book in one tree's build, and prints one line of JSON, the hashes of all losses.
import type { Compute, Kernel, Losses, Plan } from "@lossmill/core";
import { createHash } from "node:crypto";
import { type Packages, packagesOf } from "../speed/packages.ts";
import { type BitBook, bitBooks } from "./bit-books.ts";

export interface HashRequest {
  readonly tree: string;
}

/** By `book, level, backend`: the hash of its losses, or `refused: CODE` where the tree does not run it. */
export type Hashes = Readonly<Record<string, string>>;

const BACKENDS = ["naive", "vectorized", "wasm"] as const;
const OUTPUTS = ["total", "maxOccurrence", "claims", "byPolicy"] as const;
/** Amounts by policy are left out where a block of them is larger than this. */
const MOST_LINES = 400;

export async function hashesOf(packages: Packages, books: readonly BitBook[]): Promise<Hashes> {
  const hashes: Record<string, string> = {};
  for (const book of books) {
    for (const level of book.levels) {
      for (const backend of BACKENDS) {
        const name = `${book.name}, level ${level}, ${backend}`;
        const kernel: Kernel | undefined = packages[backend]?.kernel;
        hashes[name] = kernel
          ? await hashOf(packages, kernel, planOf(packages, book, level))
          : "refused: there is no such backend";
      }
    }
  }
  return hashes;
}

/** Null where the tree refuses the book. */
function planOf({ core }: Packages, book: BitBook, level: 0 | 1 | 2 | 3): Plan | string {
  const { name, policies, trials, horizon, generator } = book;
  try {
    const whole = policies.map((policy, i) => ({ id: `p${i}`, ...policy }));
    const portfolio = core.checkPortfolio({ name, policies: whole });
    const outputs = book.outputs ?? (policies.length > MOST_LINES ? OUTPUTS.slice(0, 3) : OUTPUTS);
    return core.makePlan(portfolio, { trials, horizon, seed: "2027", outputs, generator, optimizationLevel: level });
  } catch (error) {
    return refusal(error);
  }
}

async function hashOf({ core }: Packages, kernel: Kernel, plan: Plan | string): Promise<string> {
  if (typeof plan === "string") return plan;
  let compute: Compute;
  try {
    compute = await kernel.prepare(plan, core.compile(plan));
  } catch (error) {
    return refusal(error);
  }
  const hash = createHash("sha256");
  const losses = core.lossesFor(plan);
  for (let index = 0; index < core.blockCount(plan.trials!); index++) {
    const block = core.blockAt(index, plan.trials);
    hash.update(`${compute(block, losses)};`);
    for (const array of rowsOf(plan, losses, block.end - block.start)) {
      hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

function rowsOf(plan: Plan, { total, maxOccurrence, claims, byPolicy }: Losses, trials: number): Float64Array[] {
  const rows = [total, maxOccurrence, claims].map((row) => row.subarray(0, trials));
  const byLine = byPolicy ? plan.lines.map((_, i) => byPolicy.subarray(i * 4096, i * 4096 + trials)) : [];
  return [...rows, ...byLine];
}

/** A book that a tree does not know is not a change of its bits; anything else that goes wrong is a fault. */
function refusal(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  if (error instanceof Error && error.name === "LossmillError") return `refused: ${String(code)}`;
  throw error;
}

if (import.meta.main) {
  const { tree } = JSON.parse(process.argv[2]) as HashRequest;
  process.stdout.write(`${JSON.stringify(await hashesOf(await packagesOf(tree), bitBooks()))}\n`);
}
