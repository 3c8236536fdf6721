// Loaded before anything else in every process and thread of the tests (NODE_OPTIONS): where a package would load its compiled
// module it gets the one that tells which statements ran, and every module's instance gets the function that it tells.
import { appendFileSync, readFileSync } from "node:fs";
import { registerHooks } from "node:module";

/** Paths: what stands in for which modules, by URL; and the file that numbers of statements are added to. */
const { WASM_COVERAGE_MODULES, WASM_COVERAGE_HITS } = process.env;

if (WASM_COVERAGE_MODULES !== undefined && WASM_COVERAGE_HITS !== undefined) {
  const modules = JSON.parse(readFileSync(WASM_COVERAGE_MODULES, "utf8")) as Record<string, string>;
  registerHooks({
    load(url, context, next) {
      const source = modules[url.replace(/[?#].*$/, "")];
      return source === undefined ? next(url, context) : { format: "module-typescript", source, shortCircuit: true };
    },
  });

  const told = new Set<number>();
  // Written at once: a thread that is ended, or a process that vitest ends, has no other time to do it.
  const hit = (id: number) => {
    if (told.has(id)) return;
    told.add(id);
    appendFileSync(WASM_COVERAGE_HITS, `${id}\n`);
  };
  const host = (
    globalThis as unknown as { WebAssembly: { Instance: new (module: object, imports?: object) => object } }
  ).WebAssembly;
  host.Instance = class extends host.Instance {
    constructor(module: object, imports?: object) {
      super(module, { ...imports, coverage: { hit } });
    }
  };
}
