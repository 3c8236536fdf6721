import { readFile } from "node:fs/promises";
import { type Plan, blockAt, checkPortfolio, compile, countLaw, lossesFor, makePlan } from "@lossmill/core";
import { writePoissonMode } from "../../core/src/math/poisson-mode.ts";
import { afterEach, expect, test, vi } from "vitest";
import { generated } from "../assembly/build.ts";
import { COMPILED } from "../src/compiled.ts";
import { isSupported, kernel } from "../src/index.ts";

/** What is used here of the global of that name. */
interface Host {
  readonly Memory: new (options: object) => { readonly buffer: SharedArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
}

const host = (globalThis as unknown as { readonly WebAssembly: Host }).WebAssembly;
const none = { search() {}, fillHoles() {}, takePolicy() {}, driveCounts() {}, driveClaims() {}, seePayments() {} };

function refuse(): never {
  throw new Error("wasm validation error");
}

afterEach(() => {
  vi.unstubAllGlobals();
});

const policy = {
  id: "a",
  frequency: { law: "poisson", lambda: 2 },
  severity: { law: "lognormal", meanlog: 8, sdlog: 1 },
};
const plan: Plan = makePlan(checkPortfolio({ name: "book", policies: [policy] }), { trials: 9000, seed: "3" });

test("the committed module is what the compiler makes of assembly/, and small", async () => {
  const committed = await readFile(new URL("../src/compiled.ts", import.meta.url), "utf8");
  expect(committed).toBe(await generated());
  expect(atob(COMPILED).length).toBeLessThanOrEqual(32_768);
});

test("the module's constants stay in the page that core leaves to them", () => {
  const memory = new host.Memory({ initial: 2, maximum: 65_536, shared: true });
  const bytes = new Uint8Array(memory.buffer);
  bytes.fill(0xa5);
  const module = new host.Module(Uint8Array.from(atob(COMPILED), (character) => character.charCodeAt(0)));
  expect(new host.Instance(module, { env: { memory }, index: none }).exports["compute"]).toBeTypeOf("function");
  const written = bytes.findLastIndex((byte) => byte !== 0xa5);
  expect(written).toBeGreaterThan(1024);
  expect(written).toBeLessThan(65_536);
  expect(bytes.findIndex((byte) => byte !== 0xa5)).toBeGreaterThanOrEqual(1024);
});

test("instances that share a plan's memory do not disturb each other, also while they start", async () => {
  const compiled = compile(plan);
  const run = async () => {
    const compute = await kernel.prepare(plan, compiled);
    const losses = lossesFor(plan);
    return (index: number) => {
      compute(blockAt(index, plan.trials), losses);
      return [...losses.total.subarray(0, 800)];
    };
  };
  const alone = await kernel.prepare(plan, compile(plan));
  const expected = [0, 1, 2].map((index) => {
    const losses = lossesFor(plan);
    alone(blockAt(index, plan.trials), losses);
    return [...losses.total.subarray(0, 800)];
  });
  const a = await run();
  expect(a(0)).toEqual(expected[0]);
  const page = new Uint8Array(compiled.buffer, 0, 65_536).slice();
  const b = await run();
  expect([a(1), b(0), a(2), b(1)]).toEqual([expected[1], expected[0], expected[2], expected[1]]);
  expect(new Uint8Array(compiled.buffer, 0, 65_536)).toEqual(page);
});

test("uniforms are the top 53 bits of their words, and 0 is 2^-54", () => {
  const memory = new host.Memory({ initial: 2, maximum: 65_536, shared: true });
  const module = new host.Module(Uint8Array.from(atob(COMPILED), (character) => character.charCodeAt(0)));
  const exported = new host.Instance(module, { env: { memory }, index: none }).exports;
  const words = [0n, 2047n, 2048n, 1n << 63n, (1n << 64n) - 1n, 0x123456789abcdef0n];
  const expected = words.map((word) => Number(word >> 11n || 0.5) * 2 ** -53);
  new BigUint64Array(memory.buffer, 65_536, words.length).set(words);
  (exported["uniforms"] as (at: number, n: number) => void)(65_536, words.length);
  expect([...new Float64Array(memory.buffer, 65_536, words.length)]).toEqual(expected);
  // The number of a block's clusters is drawn from one word.
  expect(words.map((word) => (exported["uniformOf"] as (word: bigint) => number)(word))).toEqual(expected);
});

test("instances that share a compiled plan do not share their scratch", async () => {
  const compiled = compile(plan);
  const [first, second] = [await kernel.prepare(plan, compiled), await kernel.prepare(plan, compiled)];
  const [a, b, c] = [lossesFor(plan), lossesFor(plan), lossesFor(plan)];
  first(blockAt(0, 9000), a);
  second(blockAt(1, 9000), b);
  first(blockAt(1, 9000), c);
  expect(c.total).toEqual(b.total);
  expect(a.total).not.toEqual(b.total);
});

test("this machine runs it", () => {
  expect(isSupported()).toBe(true);
  expect(isSupported({ validate: () => false })).toBe(false);
});

test.each([
  ["no WebAssembly", undefined],
  ["no SIMD", { validate: () => false, Memory: host.Memory, Module: refuse }],
])("a machine with %s is told what to use instead", async (what, stub) => {
  vi.stubGlobal("WebAssembly", stub);
  // The module looks once; a query makes it another one.
  const path = `../src/instance.ts?${what}`;
  const fresh = (await import(path)) as typeof import("../src/instance.ts");
  expect(fresh.isSupported()).toBe(false);
  expect(fresh.instantiate({}, none)).toBeNull();
});

test.each([
  ["without shared memory", () => ({ ...compile(plan), memory: null })],
  // As where it has no SIMD: a memory that the module does not take.
  ["where it cannot be instantiated", () => ({ ...compile(plan), memory: {} as never })],
])("%s the kernel refuses, with a way out", async (_, compiled) => {
  await expect(kernel.prepare(plan, compiled())).rejects.toMatchObject({
    code: "NOT_SUPPORTED",
    message: expect.stringMatching(/backend wasm: this machine's WebAssembly has no SIMD.*vectorized/),
  });
});

test.each([150, 205.31, 819.2, 20_480.875])(
  "Poisson counts of mean %d are core's, and core is asked near a threshold",
  (lambda) => {
    const memory = new host.Memory({ initial: 2, maximum: 65_536, shared: true });
    const module = new host.Module(Uint8Array.from(atob(COMPILED), (character) => character.charCodeAt(0)));
    const exported = new host.Instance(module, { env: { memory }, index: none }).exports;
    const count = exported["poissonCount"] as (mode: number, u: number) => bigint;
    const mode = new Float64Array(memory.buffer, 65_536, 3);
    writePoissonMode(lambda, mode, 0);
    const law = countLaw({ law: "poisson", lambda });
    for (let i = 0; i < 500; i++) {
      const u = (i + 0.5) / 500;
      expect(Number(count(65_536, u))).toBe(law.quantile(u, "lower"));
    }
    for (let k = Math.floor(lambda) - 20; k < lambda + 20; k++) {
      const threshold = law.cdf(k);
      expect(count(65_536, threshold)).toBe(-1n);
      for (const step of [-1, 1]) expect(Number(count(65_536, threshold + step * 1e-9))).toBe(step < 0 ? k : k + 1);
    }
    // Both tails, as far as uniforms go.
    for (const u of [2 ** -54, 2 ** -40, 1 - 2 ** -40]) {
      expect([-1, law.quantile(u, "lower")]).toContain(Number(count(65_536, u)));
    }
  },
);
