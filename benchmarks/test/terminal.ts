import type { Terminal } from "../src/command-line.ts";

/** A terminal that keeps what is printed. */
export function keptTerminal(): Terminal & { readonly printed: { out: string; err: string } } {
  const printed = { out: "", err: "" };
  return {
    printed,
    out: (text) => void (printed.out += text),
    err: (text) => void (printed.err += text),
    progress: () => {},
  };
}
