/**
 * Slow things to plant. They take a tenth of a second or so in all, a few microseconds a call, on one line of this file,
 * which a profile is then to name: everything else that a run does is small beside it. To be imported anew for each.
 */
const ROUNDS = 4000;
const MOST_CALLS = 20_000;

const sink = new Float64Array(1);
let calls = 0;

function slowly(): void {
  if (calls++ > MOST_CALLS) return;
  // prettier-ignore
  for (let i = 0; i < ROUNDS; i++) sink[0] = sink[0] * 0.5 + i; // the planted line
}

type MathFunction = "abs" | "exp" | "log" | "max" | "min" | "sqrt";

/** Runs `run` while functions of Math are slow, and mends them again. */
export async function slowed<T>(names: readonly MathFunction[], run: () => Promise<T>): Promise<T> {
  const own = names.map((name) => [name, Math[name]] as const);
  for (const [name, original] of own) {
    Math[name] = (...values: number[]) => {
      slowly();
      return original(...values);
    };
  }
  try {
    return await run();
  } finally {
    for (const [name, original] of own) Math[name] = original;
  }
}

/** A reducer of one's own that takes long for each trial. */
export async function slowReducer(_plan: unknown, parts: AsyncIterable<{ losses: { total: Float64Array } }>) {
  for await (const { losses } of parts) addUp(losses.total);
}

function addUp(losses: Float64Array): void {
  for (let t = 0; t < losses.length; t++) slowly();
}
