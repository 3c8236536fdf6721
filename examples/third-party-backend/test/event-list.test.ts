import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_CLAIM, eventList } from "../src/index.ts";

function folded(trials: number, add: (events: ReturnType<typeof eventList>) => void) {
  const events = eventList(trials);
  add(events);
  const [total, largest, payments] = [1, 2, 3].map(() => new Float64Array(trials).fill(9));
  events.fold(total, largest, payments);
  return { total: [...total], largest: [...largest], payments: [...payments] };
}

test("events add up by trial, and what is no claim is not counted", () => {
  const found = folded(3, (events) => {
    events.add(2, 10, 10);
    events.add(0, 4, 4);
    events.add(2, 5, NO_CLAIM);
    events.add(2, 0, 0);
  });
  assert.deepEqual(found, { total: [4, 0, 15], largest: [4, 0, 10], payments: [1, 0, 2] });
});

test("a large amount does not swallow small ones, whichever comes first", () => {
  const small = Array.from({ length: 10_000 }, () => 1);
  for (const amounts of [
    [1e16, ...small],
    [...small, 1e16],
  ]) {
    const { total } = folded(1, (events) => amounts.forEach((x) => events.add(0, x, x)));
    assert.equal(total[0], 1e16 + 10_000);
  }
});

test("a list is used again", () => {
  const events = eventList(2);
  for (let i = 0; i < 20_000; i++) events.add(1, 1, 1);
  assert.equal(events.length, 20_000);
  events.clear();
  events.add(0, 3, 3);
  const [total, largest, payments] = [1, 2, 3].map(() => new Float64Array(2));
  events.fold(total, largest, payments);
  assert.deepEqual([...total, ...largest, ...payments], [3, 0, 3, 0, 1, 0]);
});
