import { bytesOfBase64 } from "./base64.ts";

/** As much of WebAssembly as is used here; not every host of JavaScript has it. */
interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

/** What a new instance of a module in base64 exports; null where the host has no WebAssembly, or refuses it. */
export function compiledModule(base64: string): unknown {
  const host = (globalThis as { readonly WebAssembly?: WebAssemblyHost }).WebAssembly;
  if (host === undefined) return null;
  try {
    return new host.Instance(new host.Module(bytesOfBase64(base64))).exports;
  } catch {
    // No SIMD, a content security policy, or no address space left: plain code gives the same bits.
    return null;
  }
}
