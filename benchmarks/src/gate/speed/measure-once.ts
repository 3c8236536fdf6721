import { runNode } from "../run-node.ts";
import type { DuelReply } from "./duel-process.ts";
import type { MeasureOnce } from "./speed-gate.ts";

/** Pairs of a process, CPU milliseconds of a round and of the warm-up of a case: some 0.4 s a case. */
const LENGTHS = { pairs: 21, roundMs: 5, warmUpMs: 120 } as const;

/** Measures two built trees against each other, by their folders. */
export function measureOnceOf(base: string, head: string): MeasureOnce {
  return async (cases, seed) =>
    (await runNode(new URL("duel-process.ts", import.meta.url), {
      base,
      head,
      cases,
      ...LENGTHS,
      seed,
    })) as DuelReply;
}
