/**
 * Fills `bytes` from the system's source of randomness. Read as a file where the system has one: loading WebCrypto takes Node
 * 10 ms.
 */
export function fillFromSystem(bytes: Uint8Array<ArrayBuffer>): void {
  if (!readDevice(bytes)) globalThis.crypto.getRandomValues(bytes);
}

function readDevice(bytes: Uint8Array<ArrayBuffer>): boolean {
  try {
    const { closeSync, openSync, readSync } = globalThis.process.getBuiltinModule("node:fs");
    const file = openSync("/dev/urandom", "r");
    try {
      return readSync(file, bytes) === bytes.length;
    } finally {
      closeSync(file);
    }
  } catch {
    // No such file, or no Node.
    return false;
  }
}
