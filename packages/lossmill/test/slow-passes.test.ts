import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as wasm from "@lossmill/backend-wasm";
import { type GeneratorName, checkPortfolio, makePlan } from "@lossmill/core";
import { type Stage, profile } from "@lossmill/harness/profile";
import { afterEach, expect, test } from "vitest";
import { generated } from "../../backend-wasm/assembly/build.ts";
import { noReducer } from "../../../tools/testing/slowed.ts";

const ASSEMBLY = join(import.meta.dirname, "../../backend-wasm/assembly");

/**
 * Some 800 ns a claim, by far the most of it, also on a machine that is busy with other things. It leaves the word as it was:
 * it is changed an even number of times.
 */
const slowly = (at: string) => `for (let i = 0; i < n << 9; i++) store<u64>(${at}, load<u64>(${at}) ^ 1);`;

/** The kernel's module with that put first in a function. */
async function planted(file: string, name: string, at: string): Promise<Uint8Array<ArrayBuffer>> {
  const path = join(ASSEMBLY, `${file}.ts`);
  const original = readFileSync(path, "utf8");
  const text = original.replace(new RegExp(`^((?:export )?function ${name}\\([^{]*\\{)$`, "m"), `$1 ${slowly(at)}`);
  if (text === original) throw new Error(`no function ${name} in ${file}.ts`);
  const source = await generated((asked, folder) => {
    const found = resolve(folder, asked);
    if (found === path) return text;
    return existsSync(found) ? readFileSync(found, "utf8") : null;
  });
  return Uint8Array.from(atob(/"([^"]+)";\s*$/.exec(source)![1]), (character) => character.charCodeAt(0));
}

interface Host {
  readonly Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => object;
}

const host = (globalThis as unknown as { readonly WebAssembly: Host }).WebAssembly;
const { Instance } = host;
afterEach(() => void (host.Instance = Instance));

const policy = {
  id: "a",
  frequency: { law: "poisson", lambda: 2 },
  severity: { law: "lognormal", meanlog: 8, sdlog: 1 },
  terms: { occurrence: { deductible: 500, limit: 50_000 } },
};
interface Run {
  readonly generator?: GeneratorName;
  /** Terms of the year, for which trials are listed. */
  readonly aggregate?: object;
}
function planOf({ generator, aggregate }: Run) {
  const terms = { ...policy.terms, ...(aggregate && { aggregate }) };
  const portfolio = checkPortfolio({ name: "book", policies: [{ ...policy, terms }] });
  return makePlan(portfolio, { trials: 409_600, seed: "1", generator });
}

test.each<[Stage, string, string, string, RegExp, Run?]>([
  ["random", "pcg64", "tails", "at", /^pcg64\/tails$/],
  ["random", "streams", "sfc64", "at", /^streams\/(sfc64|words)$/, { generator: "sfc64" }],
  ["counts", "places", "pick", "to", /^places\/pick$/, { aggregate: { deductible: 500 } }],
  ["severities", "amounts", "quantiles", "at", /^(amounts\/quantiles|claims\/amounts)$/],
  ["terms", "amounts", "ordinary", "at", /^(amounts\/ordinary|claims\/pay)$/, { aggregate: { deductible: 500 } }],
  ["reduce", "tally", "payPacked", "at", /^(tally\/payPacked|trials\/payPackedClaims)$/],
])("a slow pass of the compiled kernel is named first: %s, %s/%s", async (stage, file, name, at, hottest, run = {}) => {
  const module = new host.Module(await planted(file, name, at));
  host.Instance = class extends Instance {
    constructor(_: object, imports: object) {
      super(module, imports);
    }
  };
  const found = await profile({
    kernel: wasm.kernel,
    promises: wasm.backend,
    plan: () => planOf(run),
    reduce: noReducer,
  });
  const [first] = [...found.stages].sort((a, b) => b.samples - a.samples);
  expect([first.stage, found.functions[0].name]).toEqual([stage, expect.stringMatching(hottest)]);
  expect(first.share).toBeGreaterThan(0.5);
});
