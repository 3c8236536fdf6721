import { afterEach, expect, test, vi } from "vitest";
import { fillFromSystem } from "../../src/random/system-random.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Whether all of the bits are set in some of 64 fills: the chance of a fault here is 128 · 2^-64. */
function allBits(): boolean {
  const union = new Uint8Array(16);
  for (let i = 0; i < 64; i++) {
    const bytes = new Uint8Array(16);
    fillFromSystem(bytes);
    for (let j = 0; j < 16; j++) union[j] |= bytes[j];
  }
  return union.every((byte) => byte === 0xff);
}

test.runIf(process.platform === "linux")("comes from the device, and WebCrypto is not loaded for it", () => {
  vi.stubGlobal("crypto", undefined);
  expect(allBits()).toBe(true);
});

test.each([
  ["no Node", undefined],
  [
    "no device",
    {
      getBuiltinModule: () => ({
        openSync: () => {
          throw new Error("ENOENT");
        },
      }),
    },
  ],
  [
    "a device that gives too little",
    { getBuiltinModule: () => ({ openSync: () => 3, readSync: () => 7, closeSync: () => {} }) },
  ],
])("%s: comes from WebCrypto", (_, stub) => {
  vi.stubGlobal("process", stub);
  expect(allBits()).toBe(true);
});
