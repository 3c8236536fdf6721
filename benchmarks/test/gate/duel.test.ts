import { expect, test } from "vitest";
import { duel } from "../../src/gate/speed/duel.ts";
import { randomBelow } from "../../src/random-order.ts";
import { spreadOf } from "../../src/spread.ts";

/** A machine whose clock the work itself moves: `cost` milliseconds a turn, times what the machine is at at that time. */
function clockwork(slowness: (now: number) => number) {
  let now = 0;
  return {
    clock: () => now,
    work: (cost: number) => () => void (now += cost * slowness(now)),
  };
}

const LENGTHS = { roundMs: 5, warmUpMs: 50, pairs: 41 } as const;

test("a machine that becomes slower and slower, and now and then stops, hides nothing and makes up nothing", async () => {
  const { clock, work } = clockwork((now) => 1 + now / 400 + (Math.floor(now / 37) % 9 === 0 ? 2 : 0));
  for (const ratio of [1, 1.1, 0.9]) {
    const ratios = await duel(work(0.01), work(0.01 * ratio), { ...LENGTHS, below: randomBelow(4) }, clock);
    // Fewer than 41, because rounds become longer while it warms up.
    expect(ratios.length).toBeGreaterThanOrEqual(9);
    expect(ratios.length).toBeLessThanOrEqual(41);
    expect(Math.abs(spreadOf(ratios).median - Math.log(ratio))).toBeLessThan(0.02);
  }
});

test("both sides run as many turns, of the same numbers, and either is first now and then", async () => {
  const { clock, work } = clockwork(() => 1);
  const turns = { base: [] as number[], head: [] as number[] };
  const firstOf = new Map<number, string>();
  const side = (name: "base" | "head") => (turn: number) => {
    work(1)();
    turns[name].push(turn);
    if (!firstOf.has(turn)) firstOf.set(turn, name);
  };
  await duel(side("base"), side("head"), { ...LENGTHS, below: randomBelow(4) }, clock);
  expect(turns.base).toEqual(turns.head);
  // The first turns are the warm-up's.
  const firsts = [...firstOf].filter(([turn]) => turn >= 10).map(([, name]) => name);
  expect(new Set(firsts)).toEqual(new Set(["base", "head"]));
});

test("where a turn takes longer than a round should there are fewer pairs, and nine at least", async () => {
  for (const [cost, pairs] of [
    [5, 41],
    [10, 21],
    [100, 9],
  ]) {
    const { clock, work } = clockwork(() => 1);
    expect(await duel(work(cost), work(cost), { ...LENGTHS, below: randomBelow(4) }, clock)).toHaveLength(pairs);
  }
});

test("what is asynchronous is waited for", async () => {
  const { clock, work } = clockwork(() => 1);
  const late = (cost: number) => async () => {
    await new Promise((resolve) => setImmediate(resolve));
    work(cost)();
  };
  const ratios = await duel(late(1), late(2), { ...LENGTHS, pairs: 5, below: randomBelow(1) }, clock);
  for (const ratio of ratios) expect(ratio).toBeCloseTo(Math.log(2), 12);
});
