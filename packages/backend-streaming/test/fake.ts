import { type Backend, type Kernel, type Plan, type Part, inProcess, makePlan } from "@lossmill/core";

/** A plan of one policy with a limit, whose losses a kernel of a test makes. */
export function planOf(trials: number | null, horizon?: number): Plan {
  const severity = { law: "constant", value: 1 } as const;
  const terms = { aggregate: { limit: 1 } };
  const policies = [{ id: "a", copies: 1, frequency: { law: "poisson", lambda: 1 } as const, severity, terms }];
  return makePlan({ name: "x", currency: "EUR", policies }, { seed: "1", trials, horizon, optimizationLevel: 0 });
}

/** Scattered losses that depend on the trial alone, from 1 to 100: of a multiplicative hash u about 1/√u. */
const scattered: Kernel = {
  name: "scattered",
  module: import.meta.url,
  prepare: async () => (block, out) => {
    for (let t = 0; t < block.end - block.start; t++) {
      const u = ((Math.imul(block.start + t, 0x9e3779b1) >>> 0) + 0.5) / 4_294_967_296 + 1e-4;
      out.total[t] = 1 / Math.sqrt(u);
      out.maxOccurrence[t] = u < 0.5 ? 0.5 / Math.sqrt(u) : 0;
      out.claims[t] = 1;
    }
    return block.end - block.start;
  },
};

export const backend: Backend = inProcess(scattered, {
  agreement: 0.25,
  supports: { outputs: ["total", "maxOccurrence", "claims"], placements: ["perTrial"] },
});

/** As `backend`, but of every four blocks the last comes first; `state` says what is still open. */
export function shuffled(state = { open: 0 }): Backend {
  return {
    ...backend,
    async open(settings) {
      const inner = await backend.open(settings);
      return {
        async *simulate(plan, options) {
          state.open++;
          try {
            const held: Part[] = [];
            for await (const part of inner.simulate(plan, options)) {
              held.unshift(structuredClone(part));
              if (held.length === 4) yield* held.splice(0);
            }
            yield* held;
          } finally {
            state.open--;
          }
        },
        async [Symbol.asyncDispose]() {
          await inner[Symbol.asyncDispose]();
          state.open = -1;
        },
      };
    },
  };
}
