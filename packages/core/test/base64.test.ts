import { expect, test } from "vitest";
import { bytesOfBase64 } from "../src/index.ts";

test("the bytes of RFC 4648's examples, and all others", () => {
  const ascii = (text: string) => [...Buffer.from(text, "latin1")];
  for (const [text, bytes] of [
    ["", ""],
    ["Zg==", "f"],
    ["Zm8=", "fo"],
    ["Zm9v", "foo"],
    ["Zm9vYmFy", "foobar"],
  ]) {
    expect([...bytesOfBase64(text)]).toEqual(ascii(bytes));
  }
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect(bytesOfBase64(Buffer.from(all).toString("base64"))).toEqual(all);
});
