import type { Kernel } from "@lossmill/core";

/** What a run's time goes to, in the order of its steps. */
export const STAGES = [
  /** From a book to a plan. */
  "plan",
  /** From a plan to a function that computes blocks: tables are built, WebAssembly is started. */
  "prepare",
  /** Uniforms are drawn. */
  "random",
  /** Where claims fall, and how many. */
  "counts",
  /** How large they are. */
  "severities",
  /** What is paid for them. */
  "terms",
  /** Payments are added up, by trial and over all trials, and reported. */
  "reduce",
  /** Between the others: a kernel's outer loops, garbage collection, the engine itself, what no one has declared. */
  "other",
] as const;

export type Stage = (typeof STAGES)[number];

/** A package or a program that says what of it belongs to which stage, as a kernel does: `Kernel.stages` tells how. */
export interface Staged {
  /** URL of a module; paths begin at its folder. */
  readonly module: string;
  readonly stages?: Readonly<Partial<Record<Stage, readonly string[]>>>;
}

/** What no kernel can declare. */
export const COMMON: readonly Staged[] = [
  {
    module: import.meta.resolve("@lossmill/core"),
    stages: {
      plan: ["plan/make-plan", "plan/rewrites"],
      prepare: ["plan/compile"],
      random: ["random", "pcg64"],
      reduce: ["summary", "moments", "collect", "plan/existing-moments"],
    },
  },
  { module: import.meta.url, stages: { plan: ["profile/planned"], prepare: ["profiled/prepared"] } },
];

/** Stages whose time is everything below them: what draws no trial uses the same functions as what does. */
const WHOLE: ReadonlySet<Stage | undefined> = new Set<Stage>(["plan", "prepare"]);

/** As much of a stack frame as is looked at. */
export interface Frame {
  readonly functionName: string;
  readonly url: string;
}

/** The stage of a frame whose caller is of stage `outer`; undefined where none of them is declared. */
export type StageOf = (frame: Frame, outer: Stage | undefined) => Stage | undefined;

/** Looks frames up in what kernels and others declare: the longest path that fits decides. */
export function stageFinder(declared: readonly Staged[]): StageOf {
  const folders = declared.map((staged) => ({ folder: new URL(".", staged.module).href, paths: pathsOf(staged) }));
  const found = new Map<string, Stage | undefined>();

  function find({ functionName, url }: Frame): Stage | undefined {
    const isCompiled = url.startsWith("wasm:");
    const place = url.replace(/\?.*$/, "").replace(/\.[cm]?[jt]s$/, "");
    let best: readonly [path: string, stage: Stage] | undefined;
    for (const { folder, paths } of folders) {
      if (!isCompiled && !url.startsWith(folder)) continue;
      const name = isCompiled ? functionName : `${place.slice(folder.length)}/${functionName}`;
      for (const candidate of paths) {
        const [path] = candidate;
        if (`${name}/`.startsWith(`${path}/`) && path.length > (best?.[0].length ?? 0)) best = candidate;
      }
    }
    return best?.[1];
  }

  return (frame, outer) => {
    if (WHOLE.has(outer)) return outer;
    const key = `${frame.url} ${frame.functionName}`;
    if (!found.has(key)) found.set(key, find(frame));
    return found.get(key) ?? outer;
  };
}

function pathsOf({ stages = {} }: Pick<Kernel | Staged, "stages">): (readonly [path: string, stage: Stage])[] {
  return STAGES.flatMap((stage) => (stages as Staged["stages"])?.[stage]?.map((path) => [path, stage] as const) ?? []);
}
