import type {
  Backend,
  BackendSettings,
  Kernel,
  Losses,
  Part,
  SimulateOptions,
  Simulator,
  Supports,
} from "./contract.ts";
import { LossmillError } from "./errors.ts";
import { BLOCK_TRIALS, blockAt, blockCount } from "./plan/block.ts";
import { compile } from "./plan/compile.ts";
import type { Plan } from "./plan/plan.ts";
import { summarize } from "./summary/summary.ts";

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
    async *simulate(plan: Plan, { signal }: SimulateOptions = {}): AsyncGenerator<Part> {
      if (!open) throw new LossmillError("NOT_SUPPORTED", { place: "simulate", message: "the simulator is closed" });
      checkSupport(kernel.name, supports, plan);
      const compute = await kernel.prepare(plan, compile(plan));
      const losses = lossesFor(plan);
      const isTurn = turns(settings.batchTrials);
      const blocks = plan.trials === null ? Infinity : blockCount(plan.trials);
      for (let index = 0; index < blocks; index++) {
        // Timers, signals and progress bars get their turn; without it a run could not be interrupted.
        if (isTurn(index)) await new Promise((resolve) => setImmediate(resolve));
        if (signal?.aborted || !open) return;
        const block = blockAt(index, plan.trials);
        const draws = compute(block, losses);
        yield { block, losses, summary: summarize(losses, block.end - block.start, draws) };
      }
    },
    async [Symbol.asyncDispose]() {
      open = false;
    },
  };
}

/** A turn of the event loop costs as much as 2,000 trials of a small book: after so many milliseconds it does not show. */
const TURN_AFTER = 2;

/** Whether the event loop gets its turn before block `index`: after every `batchTrials` trials, or else when it is time. */
function turns(batchTrials: number | undefined): (index: number) => boolean {
  if (batchTrials !== undefined) {
    const batchBlocks = blockCount(batchTrials);
    return (index) => index % batchBlocks === 0;
  }
  let last = -Infinity;
  return (index) => {
    const now = performance.now();
    if (index > 0 && now - last < TURN_AFTER) return false;
    last = now;
    return true;
  };
}

/** Refuses a plan that asks for what the backend does not promise. */
function checkSupport(name: string, supports: Supports, plan: Plan): void {
  for (const output of plan.outputs) {
    if (supports.outputs.includes(output)) continue;
    const message = `backend ${name} has no output ${output}; it has ${supports.outputs.join(", ")}`;
    throw new LossmillError("NOT_SUPPORTED", { place: "outputs", message });
  }
  plan.lines.forEach(({ placement }, i) => {
    if (supports.placements.includes(placement)) return;
    const message = `backend ${name} has no placement ${placement}; it has ${supports.placements.join(", ")}`;
    throw new LossmillError("NOT_SUPPORTED", { place: `lines[${i}].placement`, message });
  });
}

/** The arrays that a kernel fills for one block of `plan`. */
export function lossesFor(plan: Plan): Losses {
  const losses = {
    total: new Float64Array(BLOCK_TRIALS),
    maxOccurrence: new Float64Array(BLOCK_TRIALS),
    claims: new Float64Array(BLOCK_TRIALS),
  };
  if (!plan.outputs.includes("byPolicy")) return losses;
  return { ...losses, byPolicy: new Float64Array(plan.lines.length * BLOCK_TRIALS) };
}
