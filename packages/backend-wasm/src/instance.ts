import { bytesOfBase64 } from "@lossmill/core";
import { COMPILED } from "./compiled.ts";

/** What assembly/index.ts exports. Addresses are bytes of the memory. */
export interface Instance {
  readonly regionBytes: (lines: number) => number;
  readonly configure: (
    region: number,
    lines: number,
    byPolicy: number,
    totalsAlone: number,
    terms: number,
    scales: number,
    thresholds: number,
    curves: number,
    counts: number,
    severities: number,
    guide: number,
  ) => void;
  readonly setSeed: (usesSfc64: number, w0: number, w1: number, w2: number, w3: number, constant: number) => void;
  readonly rootsAt: () => number;
  readonly linesAt: () => number;
  readonly claimsAt: () => number;
  readonly normalsAt: () => number;
  readonly holesAt: () => number;
  readonly placesAt: () => number;
  readonly trialsAt: () => number;
  readonly policyAt: () => number;
  readonly outAt: () => number;
  readonly chunk: () => number;
  readonly compute: (block: number, trials: number) => number;
}

/** What assembly/index.ts asks of its host. */
export interface Host {
  readonly search: (line: number, table: 0 | 1, n: number) => void;
  readonly fillHoles: (line: number, n: number) => void;
  readonly takePolicy: (line: number) => void;
  readonly driveCounts: (line: number, copy: number, first: number, n: number) => void;
  readonly driveClaims: (line: number, copy: number, n: number) => void;
  readonly seePayments: (line: number, n: number) => void;
}

/** What is used here of the global of that name; its types are not part of the language's. */
interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  readonly validate: (bytes: Uint8Array) => boolean;
}

const host = (globalThis as { readonly WebAssembly?: WebAssemblyHost }).WebAssembly;

let bytes: Uint8Array | undefined;
let module: object | undefined;

function moduleBytes(): Uint8Array {
  return (bytes ??= bytesOfBase64(COMPILED));
}

/** Whether this machine runs the kernel: it needs WebAssembly with SIMD and shared memory. */
export function isSupported(webAssembly: Pick<WebAssemblyHost, "validate"> | undefined = host): boolean {
  return webAssembly !== undefined && webAssembly.validate(moduleBytes());
}

/** A new instance over a memory that it shares with others; null where the machine does not run it. */
export function instantiate(memory: object, imports: Host): Instance | null {
  if (host === undefined) return null;
  try {
    module ??= new host.Module(moduleBytes());
    return new host.Instance(module, { env: { memory }, index: imports }).exports as Instance;
  } catch {
    // No SIMD, or a content security policy forbids it.
    return null;
  }
}
