import { expect, test } from "vitest";
import { pack, unpack } from "../src/packed.ts";

test("plain data comes back with every bit, whatever JSON thinks of it", () => {
  const data = {
    text: "10n",
    numbers: [0, -0, 0.1, Infinity, -Infinity, Number.NaN, Number.MAX_VALUE],
    bigints: [10n, -(2n ** 63n)],
    arrays: [Float64Array.of(-0, 0.1, Number.NaN), Int32Array.of(1, -2), new Float64Array(0)],
    nothing: null,
  };
  const { text, arrays } = pack(data);
  const { buffer } = Uint8Array.from(Buffer.concat(arrays));
  expect(unpack(text, buffer)).toStrictEqual(data);
});
