import * as naive from "@lossmill/backend-naive";
import * as wasm from "@lossmill/backend-wasm";
import {
  type Backend,
  BLOCK_TRIALS,
  type Compute,
  LossmillError,
  type Losses,
  SAMPLING_METHODS,
  type Part,
  type Plan,
  type Simulator,
  blockAt,
  compile,
  lossesFor,
  summarize,
} from "@lossmill/core";
import { describe, expect, test } from "vitest";
import { type ConformanceOptions, conformance } from "../src/conformance/index.ts";
import { changed, misled, reparted, spoiled } from "./broken-backends.ts";

interface Registered {
  readonly name: string;
  readonly body: () => Promise<void>;
  readonly isSkipped: boolean;
}

/** What the suite registers for a backend. */
function registered(backend: Backend, options: Partial<ConformanceOptions> = {}): Registered[] {
  const all: Registered[] = [];
  const runner = (name: string, body: () => Promise<void>) => all.push({ name, body, isSkipped: false });
  const skip = (name: string, body: () => Promise<void>) => all.push({ name, body, isSkipped: true });
  conformance({ test: Object.assign(runner, { skip }), backend, ...options });
  return all;
}

/** Books that say nothing more about a fault of these, and take half of the time. */
const SLOW = /10,000 lines|every severity/;

/** The complaints of a backend's failing tests, by their names; only of those whose names are `such`. */
async function complaints(
  backend: Backend,
  options?: Partial<ConformanceOptions>,
  such: RegExp = /./,
): Promise<Map<string, string>> {
  const failed = new Map<string, string>();
  for (const { name, body, isSkipped } of registered(backend, options)) {
    if (isSkipped || SLOW.test(name) || !such.test(name)) continue;
    await body().catch((error: unknown) => failed.set(name, error instanceof Error ? error.message : String(error)));
  }
  return failed;
}

const groupsOf = (failed: ReadonlyMap<string, string>) => [
  ...new Set([...failed.keys()].map((name) => name.split(": ")[1])),
];

const spoil = (change: (out: Losses, index: number, trials: number, lines: number, name: string) => void) => {
  const backend = spoiled(
    (out, block, plan) => change(out, block.index, block.end - block.start, plan.lines.length, plan.portfolio),
    "broken",
    wasm,
  );
  return { ...backend, agreement: 1e-10 };
};

const scale = (values: Float64Array, factor: number) => values.forEach((x, t) => (values[t] = x * factor));

/** The plan without its sampling, its lines as they are. */
function plain(plan: Plan): Plan {
  const { sampling: _, ...rest } = plan;
  return rest;
}

/** Parts as they are, but for what `change` makes of each: none, one, or more. */
const perPart = (change: (part: Part) => readonly Part[]) =>
  reparted(async function* (parts) {
    for await (const part of parts) yield* change(part);
  }, wasm);

/** wasm with another simulator around its own. */
const around = (wrap: (inner: Simulator) => Partial<Simulator>): Backend => ({
  ...wasm.backend,
  name: "broken",
  open: async (settings) => {
    const inner = await wasm.backend.open(settings);
    const same: Simulator = {
      simulate: (plan, options) => inner.simulate(plan, options),
      [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
    };
    return { ...same, ...wrap(inner) };
  },
});

/** A simulator that works as it should, but for what `flaws` says. */
function own(flaws: {
  readonly sharesLosses?: boolean;
  readonly closesNever?: boolean;
  readonly ignores?: boolean;
  readonly summarizesAll?: boolean;
}) {
  return around(() => {
    let open = true;
    let shared: Losses | undefined;
    return {
      async *simulate(plan, { signal, firstBlock = 0 } = {}) {
        if (!open) throw new LossmillError("NOT_SUPPORTED", { place: "simulate", message: "closed" });
        const supports = wasm.backend.supports;
        if (plan.sampling && !supports.samplings?.includes(plan.sampling.method)) {
          throw new LossmillError("NOT_SUPPORTED", { place: "sampling", message: "no" });
        }
        if (plan.generator && !supports.generators?.includes(plan.generator)) {
          throw new LossmillError("NOT_SUPPORTED", { place: "generator", message: "no" });
        }
        const place = plan.outputs.every((one) => supports.outputs.includes(one))
          ? plan.lines.findIndex((line) => !supports.placements.includes(line.placement))
          : -2;
        if (place !== -1 && !(flaws.ignores && place === -2)) {
          const named = place === -2 ? "outputs" : `lines[${place}]`;
          throw new LossmillError("NOT_SUPPORTED", { place: named, message: "no" });
        }
        const compute = await wasm.kernel.prepare(plan, compile(plan));
        const outputs = plan.outputs.includes("byPolicy");
        const losses = flaws.sharesLosses && !outputs ? (shared ??= lossesFor(plan)) : lossesFor(plan);
        const blocks = plan.trials === null ? Infinity : Math.ceil(plan.trials / BLOCK_TRIALS);
        for (let index = firstBlock; index < blocks; index++) {
          await new Promise((resolve) => setImmediate(resolve));
          if (signal?.aborted || !open) return;
          const block = blockAt(index, plan.trials);
          const draws = compute(block, losses);
          const asked = flaws.summarizesAll ? undefined : plan.outputs;
          yield { block, losses, summary: summarize(losses, block.end - block.start, draws, asked) };
        }
      },
      async [Symbol.asyncDispose]() {
        if (!flaws.closesNever) open = false;
      },
    };
  });
}

/** Whatever a simulator throws is thrown as this. */
const throwing = (make: (error: LossmillError) => unknown, when: RegExp) =>
  around((inner) => ({
    async *simulate(plan, options) {
      try {
        yield* inner.simulate(plan, options);
      } catch (error) {
        throw error instanceof LossmillError && when.test(error.faults[0].place) ? make(error) : error;
      }
    },
  }));

const faults: readonly (readonly [what: string, backend: Backend, groups: readonly string[], says: RegExp])[] = [
  [
    "a knob without a description",
    { ...wasm.backend, knobs: [{ name: "batchTrials", description: "" }] },
    ["manifest"],
    /^knobs, batchTrials: expected a description, found none$/,
  ],
  [
    "a block's number that is taken for a signed one",
    changed(
      (compute) => (block, out) => compute(block.index > 2 ** 31 ? { ...block, index: block.index - 1 } : block, out),
      "broken",
      wasm,
    ),
    ["random vectors"],
    /^total, trial 0: expected 0\.637.* ± 6\.4e-11, found 0\.\d+$/,
  ],
  [
    "a first block that is not heeded",
    around((inner) => ({ simulate: (plan, { signal } = {}) => inner.simulate(plan, signal && { signal }) })),
    ["random vectors", "blocks"],
    /one of block|expected 7 to 9, found 0/,
  ],
  [
    "a claim more in one trial",
    spoil(({ claims, total }, _, __, ___, name) => {
      if (name === "counts") claims[7] = total[7] = claims[7] + 1;
    }),
    ["counts"],
    /^total, trial 7: expected \d+, found \d+$/,
  ],
  [
    "a share that the largest claim is left without",
    changed(
      (compute, plan) => (block, out) => {
        const draws = compute(block, out);
        if (plan.portfolio === "terms") scale(out.maxOccurrence, 1 / (plan.lines[0].terms.insurerShare || 1));
        return draws;
      },
      "broken",
      wasm,
    ),
    ["terms"],
    /^maxOccurrence, trial 0: expected 50 ± 3e-8, found 100$/,
  ],
  [
    "1e-9 in one block",
    spoil(({ total }, index, _, lines) => index === 1 && lines > 1 && scale(total, 1 + 1e-9)),
    ["losses", "outputs", "sampling"],
    /^total, trial 4096: expected/,
  ],
  [
    "1e-9 in one largest claim",
    spoil(({ maxOccurrence }, index, _, lines) => {
      if (index === 0 && lines > 1) scale(maxOccurrence, 1 + 1e-9);
    }),
    ["losses", "sampling"],
    /^maxOccurrence, trial 0: expected/,
  ],
  [
    "a bit, where every bit is promised",
    { ...spoil(({ total }, _, __, lines) => lines === 3 && scale(total, 1 + 2 ** -52)), agreement: 0 },
    ["losses", "outputs", "sampling"],
    /^total: an agreement of 0 is every bit/,
  ],
  [
    "a policy that gets another one's losses",
    spoil(({ byPolicy }, _, __, lines) => lines === 3 && byPolicy?.copyWithin(0, BLOCK_TRIALS, 2 * BLOCK_TRIALS)),
    ["losses", "outputs", "sampling"],
    /^byPolicy, line 0: expected/,
  ],
  [
    "draws that are too few",
    changed((compute, plan) => (block, out) => compute(block, out) - (plan.lines.length > 1 ? 1 : 0), "broken", wasm),
    ["losses", "sampling"],
    /^summary.draws: expected/,
  ],
  [
    "a total that is left out with all else",
    changed(
      (compute, plan) => (block, out) => {
        const draws = compute(block, out);
        if (!plan.outputs.includes("claims")) out.total[40] = 0;
        return draws;
      },
      "broken",
      wasm,
    ),
    ["outputs"],
    /^total, trials 0 to 255 together: expected/,
  ],
  [
    "a summary of what nobody asked for",
    own({ summarizesAll: true }),
    ["outputs"],
    /^trials of summary.maxOccurrence: expected 0, found \d+$/,
  ],
  [
    "a sampling that is ignored",
    misled((plan) => (plan.sampling?.method === "antithetic" ? plain(plan) : plan), wasm),
    ["sampling"],
    /^total, trial \d+: expected/,
  ],
  [
    "a generator that is ignored",
    misled((plan) => ({ ...plan, generator: "pcg64" }), wasm),
    ["random vectors", "losses", "outputs"],
    /^total, trial \d+: expected/,
  ],
  [
    "a summary whose third moment is that of other losses",
    perPart((part) => [
      { ...part, summary: { ...part.summary, total: { ...part.summary.total, m3: part.summary.total.m3 * 1.001 } } },
    ]),
    ["summaries"],
    /^block 0: the m3 of total is not that of its losses$/,
  ],
  ["a block twice", perPart((part) => [part, part]), ["blocks"], /^block 0: expected once, found again$/],
  [
    "a block missing",
    perPart((part) => (part.block.index === 8 ? [] : [part])),
    ["blocks", "truth"],
    /^block 8: expected once, found never$/,
  ],
  [
    "a block of other trials",
    perPart((part) => [part.block.index === 9 ? { ...part, block: { ...part.block, end: 40_960 } } : part]),
    ["blocks"],
    /^end of block 9: expected 40000, found 40960$/,
  ],
  [
    "arrays as short as the block",
    perPart((part) => {
      const n = part.block.end - part.block.start;
      return [{ ...part, losses: { ...part.losses, total: part.losses.total.subarray(0, n) } }];
    }),
    ["blocks"],
    /^losses.total: expected 4096 trials, found 1$/,
  ],
  [
    "a knob that changes an answer",
    reparted(async function* (parts, _, { batchTrials }) {
      for await (const part of parts) {
        if (batchTrials === 5000) part.losses.total[9] *= 1 + 1e-15;
        yield part;
      }
    }, wasm),
    ["knobs"],
    /batchTrials.:5000.*: expected the same bits, found total\[9\]/,
  ],
  [
    "a setting that is no knob and changes an answer",
    reparted(async function* (parts, _, { workers }) {
      for await (const part of parts) {
        if (workers === 3) part.losses.claims[9]++;
        yield part;
      }
    }, wasm),
    ["knobs"],
    /workers.:3,.*: expected the same bits, found claims\[9\]/,
  ],
  [
    "a signal that is not heeded",
    around((inner) => ({
      simulate: (plan, { firstBlock = 0 } = {}) => inner.simulate(plan, { firstBlock }),
    })),
    ["life cycle"],
    /^parts: expected none, found block 0$/,
  ],
  [
    "a signal that is an error",
    around((inner) => ({
      async *simulate(plan, options) {
        yield* inner.simulate(plan, options);
        options?.signal?.throwIfAborted();
      },
    })),
    ["life cycle"],
    /aborted/,
  ],
  [
    "no closing twice",
    around((inner) => {
      let closed = 0;
      return {
        async [Symbol.asyncDispose]() {
          if (++closed > 1) throw new Error("closed already");
          await inner[Symbol.asyncDispose]();
        },
      };
    }),
    ["life cycle"],
    /^closed already$/,
  ],
  ["no closing at all", own({ closesNever: true }), ["life cycle"], /^a closed simulator: expected LossmillError/],
  [
    "a closed simulator that says so in its own words",
    throwing(() => new Error("closed"), /simulate/),
    ["life cycle"],
    /^a closed simulator: expected LossmillError NOT_SUPPORTED, found Error "closed"$/,
  ],
  [
    "what two runs at once share",
    own({ sharesLosses: true }),
    ["life cycle"],
    /^the first run: total, trial 0: expected/,
  ],
  [
    "a refusal without a type",
    throwing(({ message }) => new Error(message), /^(outputs|lines)/),
    ["refusals"],
    /^the error: expected LossmillError NOT_SUPPORTED at \^outputs, found Error/,
  ],
  [
    "a refusal of another copy of core",
    throwing(({ message }) => Object.assign(new Error(message), { name: "LossmillError" }), /^outputs/),
    ["refusals"],
    /make core a peer dependency$/,
  ],
  ["an output that is not known and ignored", own({ ignores: true }), ["refusals"], /^parts: expected LossmillError/],
  [
    "losses that are too high from the sixth block on",
    spoil(({ total, maxOccurrence }, index) => {
      if (index > 5 && index < 100) for (const values of [total, maxOccurrence]) scale(values, 1.1);
    }),
    ["truth"],
    /^mean: expected 8470.* within 4.75 standard errors, found/,
  ],
  [
    "blocks that come again",
    changed((compute) => (block, out) => compute({ ...block, index: block.index % 12 }, out), "broken", wasm),
    ["random vectors", "truth"],
    /^blocks 0 and 12 have the same totals$/,
  ],
];

describe("a broken backend fails, in the group that should see it and in no other", () => {
  // What is whole of them is so in `own`, too.
  test("the whole one fails nowhere", async () => expect(await complaints(own({}))).toEqual(new Map()));

  test.each(faults)("%s", async (_, backend, groups, says) => {
    const failed = await complaints(backend);
    expect(groupsOf(failed)).toEqual(groups);
    expect(
      [...failed.values()].some((message) => says.test(message)),
      [...failed.values()].join("\n"),
    ).toBe(true);
  });

  // Nothing else looks at weights and controls.
  test.each<[string, Backend, RegExp]>([
    [
      "weights of the trials before",
      spoil(({ weight }) => weight?.copyWithin(1, 0)),
      /^weight, trials 0 to 255 together: expected/,
    ],
    [
      "a bit of the weights",
      spoil(({ weight }) => weight && scale(weight, 1 + 2 ** -52)),
      /^weight: the hash of all trials: expected/,
    ],
    [
      "a control that is too large",
      spoil(({ controls }) => controls && scale(controls.subarray(BLOCK_TRIALS), 1 + 1e-9)),
      /^control 1, trials 0 to 255 together: expected/,
    ],
    [
      "weights that are left out",
      perPart((part) => {
        const { weight: _, ...losses } = part.losses;
        return [{ ...part, losses }];
      }),
      /^losses.weight: expected 4096 numbers, found 0$/,
    ],
  ])("%s", async (_, backend, says) => {
    const failed = [...(await complaints(backend, {}, /: sampling: /)).values()];
    expect(failed.length).toBe(2);
    for (const message of failed) expect(message).toMatch(says);
  });

  test("in generated books, against a reference", async () => {
    const generated = (change: (out: Losses) => void) =>
      spoil((out, _, __, ___, name) => name.startsWith("generated") && change(out));
    const reference = { reference: naive.backend, books: 2 };
    expect(
      await complaints(
        generated(() => {}),
        reference,
      ),
    ).toEqual(new Map());
    const cases: [(out: Losses) => void, RegExp][] = [
      [
        ({ total }) => scale(total, 1 - 1e-9),
        // What is left of that where the insurer has a share.
        /^book 0, level 0: total differs by [\d.]+e-10 of the ground-up sum in trial \d+ \(promised 1e-10\)$/,
      ],
      [({ total }) => void (total[9] = NaN), /total differs beyond measure in trial 9/],
      [({ claims }) => void claims.fill(99), /claims differ in \d+ trials$/],
    ];
    for (const [change, says] of cases) {
      const failed = await complaints(generated(change), reference);
      expect(groupsOf(failed)).toEqual(["against naive"]);
      expect([...failed.values()][0]).toMatch(says);
    }
    const bits = await complaints(
      { ...generated(({ total }) => scale(total, 1 + 2 ** -52)), agreement: 0 },
      {
        reference: wasm.backend,
        books: 2,
      },
    );
    expect([...bits.values()][0]).toMatch(/^book 0, level 0: expected the same bits/);
  });
});

describe("what a backend does not support", () => {
  const noNumbers =
    (compute: Compute): Compute =>
    (block, out) => {
      const draws = compute(block, out);
      // What nobody has asked for need not be anything.
      for (const losses of [out.maxOccurrence, out.claims]) losses.fill(NaN);
      return draws;
    };
  const modest: Backend = changed(noNumbers, "modest", {
    ...wasm,
    backend: { ...wasm.backend, supports: { outputs: ["total"], placements: ["perTrial", "scatter"] } },
  });

  test("is skipped, says why, and its refusal is tested", async () => {
    const all = registered(modest, { reference: naive.backend, books: 1 });
    const skipped = all.filter(({ isSkipped }) => isSkipped).map(({ name }) => name);
    expect(skipped).toContain("modest: random vectors: pcg64, skip, seed 42, stream 3, block 2 (no placement skip)");
    expect(skipped).toContain("modest: losses: policy by policy, level 0 (no output byPolicy)");
    expect(skipped).toContain("modest: truth: 4,096 trials, level 3 (no placement skip)");
    expect(skipped).toContain("modest: losses: uniforms of SFC64, level 0 (no generator sfc64)");
    const names = all.map(({ name }) => name);
    expect(skipped).toContain("modest: sampling: sobol, level 0 (no sampling sobol)");
    const samplings = [...SAMPLING_METHODS, "byMoon"].map((method) => `sampling ${method}`);
    for (const what of [
      "output maxOccurrence",
      "output claims",
      "output byPolicy",
      "placement skip",
      "generator sfc64",
      ...samplings,
    ]) {
      expect(names).toContain(`modest: refusals: no ${what}: refused`);
    }
    expect(await complaints(modest, { reference: naive.backend, books: 3 })).toEqual(new Map());
  });

  test("without a placement for single trials, terms are skipped", () => {
    const { supports } = modest;
    const names = registered({ ...modest, supports: { ...supports, placements: ["scatter"] } }).filter(
      ({ isSkipped }) => isSkipped,
    );
    expect(names.map(({ name }) => name)).toContain("modest: terms: worked by hand (no placement perTrial)");
  });

  test("shows also where the runner cannot skip", async () => {
    const names: string[] = [];
    const bodies: (() => Promise<void>)[] = [];
    conformance({ test: (name, body) => names.push(name) + bodies.push(body), backend: modest });
    const at = names.indexOf("skipped: modest: losses: policy by policy, level 0 (no output byPolicy)");
    await bodies[at]();
  });
});

test("a backend that claims too little or too much is told", async () => {
  const { supports } = wasm.backend;
  const cases: [Partial<Backend>, RegExp][] = [
    [{ name: " " }, /^name: expected a name, found " "$/],
    [{ agreement: NaN }, /^agreement: expected a number/],
    [{ supports: { ...supports, outputs: ["claims"] } }, /^supports.outputs: expected total among them, found claims$/],
    [{ supports: { ...supports, placements: [] } }, /^supports.placements: expected at least one/],
    [
      { supports: { ...supports, samplings: ["sobol", "sobol"] } },
      /^samplings: expected each once, found sobol, sobol$/,
    ],
    [
      { supports: { ...supports, generators: ["sfc64"] } },
      /^supports.generators: expected pcg64 among them, found sfc64$/,
    ],
    [{ supports: { ...supports, placements: ["skip", "skip"] } }, /^placements: expected each once, found skip, skip$/],
  ];
  for (const [change, says] of cases) {
    const [{ name, body }] = registered({ ...wasm.backend, ...change });
    expect(name).toMatch(/manifest/);
    await expect(body()).rejects.toThrow(says);
  }
});

test("simulators are closed after the last test, and one that cannot be opened fails every test that needs it", async () => {
  let open = 0;
  const counted: Backend = {
    ...wasm.backend,
    open: async (settings) => {
      const inner = await wasm.backend.open(settings);
      open++;
      let isOpen = true;
      return {
        simulate: (plan, options) => inner.simulate(plan, options),
        async [Symbol.asyncDispose]() {
          if (isOpen) open--;
          isOpen = false;
          await inner[Symbol.asyncDispose]();
        },
      };
    },
  };
  await complaintsOf(counted);
  expect(open).toBe(0);
  const shut = await complaints({ ...wasm.backend, open: () => Promise.reject(new Error("no such device")) });
  expect(shut.size).toBeGreaterThan(50);
  expect([...shut.values()].filter((message) => !message.includes("no such device"))).toEqual([]);
});

/** All tests, the slow ones too. */
async function complaintsOf(backend: Backend): Promise<void> {
  for (const { body, isSkipped } of registered(backend)) if (!isSkipped) await body();
}
