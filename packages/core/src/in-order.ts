import type { Losses, Part } from "./contract.ts";

/**
 * Parts that come in any order, in block order from `firstBlock` on. A part that comes early is held with a copy of its
 * losses, as its own are only valid until the next part is asked for; how many are held is bounded by how far ahead the
 * executor computes. Where the input ends with a gap, the parts beyond it are dropped: what was given is a contiguous
 * beginning. Leaving the loop ends the input too.
 */
export async function* inOrder(parts: AsyncIterable<Part>, firstBlock = 0): AsyncGenerator<Part> {
  const early = new Map<number, Part>();
  const spare: Losses[] = [];
  let nextBlock = firstBlock;
  for await (const part of parts) {
    if (part.block.index !== nextBlock) {
      early.set(part.block.index, { ...part, losses: copyOf(part.losses, spare.pop()) });
      continue;
    }
    yield part;
    nextBlock++;
    for (let held = early.get(nextBlock); held; held = early.get(nextBlock)) {
      early.delete(nextBlock++);
      yield held;
      spare.push(held.losses);
    }
  }
}

/** A copy of `losses`, into the arrays of one that is done with where there is one. */
function copyOf(losses: Losses, into: Losses | undefined): Losses {
  const { total, maxOccurrence, claims, weight, controls, byPolicy } = losses;
  if (into === undefined) {
    return {
      total: total.slice(),
      maxOccurrence: maxOccurrence.slice(),
      claims: claims.slice(),
      ...(weight && { weight: weight.slice() }),
      ...(controls && { controls: controls.slice() }),
      ...(byPolicy && { byPolicy: byPolicy.slice() }),
    };
  }
  into.total.set(total);
  into.maxOccurrence.set(maxOccurrence);
  into.claims.set(claims);
  if (weight) into.weight?.set(weight);
  if (controls) into.controls?.set(controls);
  if (byPolicy) into.byPolicy?.set(byPolicy);
  return into;
}
