import { checkSupport } from "./check-support.ts";
import type { Backend, BackendSettings, Kernel, Part, SimulateOptions, Simulator, Supports } from "./contract.ts";
import { LossmillError } from "./errors.ts";
import { blockAt, blockCount } from "./plan/block.ts";
import { compile } from "./plan/compile.ts";
import { lossesFor } from "./plan/loss-arrays.ts";
import type { Plan } from "./plan/plan.ts";
import { summarize } from "./summary/summary.ts";
import { turns } from "./turns.ts";

/** What a kernel's author promises of it. */
export interface Promises {
  readonly agreement: number;
  readonly supports: Supports;
}

/** Makes a backend of a kernel by running it here, in this thread, block after block. */
export function inProcess(kernel: Kernel, promises: Promises): Backend {
  return {
    name: kernel.name,
    ...promises,
    knobs: [{ name: "batchTrials", description: "trials computed between two turns of the event loop" }],
    open: async (settings = {}) => openSimulator(kernel, promises.supports, settings),
  };
}

function openSimulator(kernel: Kernel, supports: Supports, settings: BackendSettings): Simulator {
  let open = true;
  return {
    async *simulate(plan: Plan, { signal, firstBlock = 0, compiled }: SimulateOptions = {}): AsyncGenerator<Part> {
      if (!open) throw new LossmillError("NOT_SUPPORTED", { place: "simulate", message: "the simulator is closed" });
      checkSupport(kernel.name, supports, plan);
      const compute = await kernel.prepare(plan, compiled ?? compile(plan));
      const losses = lossesFor(plan);
      const isTurn = turns(settings.batchTrials);
      const blocks = plan.trials === null ? Infinity : blockCount(plan.trials);
      for (let index = firstBlock; index < blocks; index++) {
        // Timers, signals and progress bars get their turn; without it a run could not be interrupted.
        if (isTurn(index)) await new Promise((resolve) => setImmediate(resolve));
        if (signal?.aborted || !open) return;
        const block = blockAt(index, plan.trials);
        const draws = compute(block, losses);
        yield { block, losses, summary: summarize(losses, block.end - block.start, draws, plan.outputs) };
      }
    },
    async [Symbol.asyncDispose]() {
      open = false;
    },
  };
}
