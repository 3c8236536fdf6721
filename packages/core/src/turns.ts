import { blockCount } from "./plan/block.ts";

/** A turn of the event loop costs as much as 2,000 trials of a small book: after so many milliseconds it does not show. */
const TURN_AFTER = 2;

/** Whether the event loop gets its turn before block `index`: after every `batchTrials` trials, or else when it is time. */
export function turns(batchTrials: number | undefined): (index: number) => boolean {
  if (batchTrials !== undefined) {
    const batchBlocks = blockCount(batchTrials);
    return (index) => index % batchBlocks === 0;
  }
  let last = -Infinity;
  return (index) => {
    const now = performance.now();
    if (index > 0 && now - last < TURN_AFTER) return false;
    last = now;
    return true;
  };
}
