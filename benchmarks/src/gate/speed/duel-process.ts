// One process of the speed gate: loads both trees, measures every case that it is asked for, and prints one line of JSON.
import { randomBelow, shuffled } from "../../random-order.ts";
import { type SpeedCase, speedCases } from "./cases.ts";
import { duel, processClock, threadClock } from "./duel.ts";
import { type Packages, packagesOf } from "./packages.ts";

/** What the process is told, as JSON in its one argument. */
export interface DuelRequest {
  readonly base: string;
  readonly head: string;
  readonly cases: readonly string[];
  readonly pairs: number;
  readonly roundMs: number;
  readonly warmUpMs: number;
  readonly seed: number;
}

/** Of each case the logarithms of the ratios, or why there are none. */
export type DuelReply = Readonly<Record<string, readonly number[] | { readonly missing: string }>>;

async function main(request: DuelRequest): Promise<DuelReply> {
  const below = randomBelow(request.seed);
  // Who is loaded and compiled first is drawn too.
  const trees = shuffled([request.base, request.head], below);
  const loaded = new Map<string, Packages>();
  for (const tree of trees) loaded.set(tree, await packagesOf(tree));
  const cases = speedCases().filter(({ name }) => request.cases.includes(name));
  const reply: Record<string, DuelReply[string]> = {};
  for (const each of shuffled(cases, below)) reply[each.name] = await measure(each, request, loaded, trees, below);
  return reply;
}

async function measure(
  speedCase: SpeedCase,
  request: DuelRequest,
  loaded: ReadonlyMap<string, Packages>,
  trees: readonly string[],
  below: (limit: number) => number,
): Promise<DuelReply[string]> {
  const opened = new Map<string, Awaited<ReturnType<SpeedCase["open"]>>>();
  for (const tree of shuffled(trees, below)) {
    try {
      opened.set(tree, await speedCase.open(loaded.get(tree)!));
    } catch (error) {
      const side = tree === request.base ? "base" : "head";
      return { missing: `${side}: ${error instanceof Error ? error.message : String(error)}` };
    }
  }
  const [base, head] = [opened.get(request.base)!, opened.get(request.head)!];
  const ratios = await duel(
    base.run,
    head.run,
    { ...request, below },
    speedCase.isThreaded ? processClock : threadClock,
  );
  for (const { close } of opened.values()) await close?.();
  return ratios;
}

if (import.meta.main) {
  process.stdout.write(`${JSON.stringify(await main(JSON.parse(process.argv[2]) as DuelRequest))}\n`);
}
