import type { Compute, Kernel } from "../../packages/core/src/contract.ts";

/**
 * Slow things to plant. They take some 50 ms in all, a few microseconds a call, on one line of this file,
 * which a profile is then to name: everything else that a run does is small beside it. To be imported anew for each.
 */
const ROUNDS = 4000;
const MOST_CALLS = 8_000;

const sink = new Float64Array(1);
let calls = 0;

function slowly(): void {
  if (calls++ > MOST_CALLS) return;
  // prettier-ignore
  for (let i = 0; i < ROUNDS; i++) sink[0] = sink[0] * 0.5 + i; // the planted line
}

type MathFunction = "abs" | "exp" | "log" | "max" | "min" | "sqrt";

/** Makes functions of Math slow. Returns what mends them. */
export function slowMath(names: readonly MathFunction[]): () => void {
  const own = names.map((name): readonly [MathFunction, (...values: number[]) => number] => [name, Math[name]]);
  for (const [name, original] of own) {
    Math[name] = (...values: number[]) => {
      slowly();
      return original(...values);
    };
  }
  return () => {
    for (const [name, original] of own) Math[name] = original;
  };
}

/** A kernel during whose blocks functions of Math are slow, and only then. */
export function slowMathIn(kernel: Kernel, names: readonly MathFunction[]): Kernel {
  return {
    ...kernel,
    async prepare(plan, compiled): Promise<Compute> {
      const compute = await kernel.prepare(plan, compiled);
      return (block, out) => {
        const mend = slowMath(names);
        try {
          return compute(block, out);
        } finally {
          mend();
        }
      };
    },
  };
}

/** A reducer of one's own that takes long for each trial. */
export async function slowReducer(_plan: unknown, parts: AsyncIterable<{ losses: { total: Float64Array } }>) {
  for await (const { losses } of parts) addUp(losses.total);
}

function addUp(losses: Float64Array): void {
  for (let t = 0; t < losses.length; t++) slowly();
}

/** A reducer that keeps nothing. */
export async function noReducer(_plan: unknown, parts: AsyncIterable<unknown>): Promise<void> {
  for await (const part of parts) void part;
}

let copies = 0;

/** A new copy of this module: a loop that was optimized before its watch began would be taken for its caller. */
export async function freshlySlowed(): Promise<typeof import("./slowed.ts")> {
  const path = `./slowed.ts?${copies++}`;
  return (await import(path)) as typeof import("./slowed.ts");
}

/** What the slow line is known by. */
export const PLANTED = /the planted line/;

/** What a profile names first: the stage and the line with most samples. */
export function namedFirst<Stage>({ stages, lines }: Named<Stage>): readonly [stage: Stage, line: string] {
  const [{ stage }] = [...stages].sort((a, b) => b.samples - a.samples);
  return [stage, lines[0].text];
}

interface Named<Stage> {
  readonly stages: readonly { readonly stage: Stage; readonly samples: number }[];
  readonly lines: readonly { readonly text: string }[];
}
