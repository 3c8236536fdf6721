import { type Backend, type Simulator, inOrder } from "@lossmill/core";

/**
 * A backend that gives the parts of `inner` in block order, so that whatever was given when a run ends is a contiguous
 * beginning of it. All that it promises is what `inner` promises.
 */
export function streaming(inner: Backend): Backend {
  const { agreement, supports, knobs } = inner;
  return {
    name: "streaming",
    agreement,
    supports,
    knobs,
    open: async (settings) => ordered(await inner.open(settings)),
  };
}

function ordered(inner: Simulator): Simulator {
  return {
    simulate: (plan, options) => inOrder(inner.simulate(plan, options), options?.firstBlock),
    [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
  };
}
