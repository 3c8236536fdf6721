import type { Backend, CompiledPlan, Kernel, Plan } from "@lossmill/core";
import { readFileSync } from "node:fs";
import { allWorkloads } from "../../workloads.ts";
import type { Packages } from "./packages.ts";

/** What is timed: one turn, some milliseconds of work; `turn` counts up, so that no two turns need be the same work. */
export type Run = (turn: number) => unknown;

/** Something whose speed in two trees is compared. */
export interface SpeedCase {
  /** `backend workload`, or what part of core it is. */
  readonly name: string;
  /** Whether it works on threads of its own. */
  readonly isThreaded?: boolean;
  /** Makes the case ready in one tree; the turns that follow share nothing with those of another tree. */
  open(packages: Packages): Promise<{ readonly run: Run; readonly close?: () => Promise<void> }>;
}

/** Plans are made for a long run, so that their tables are those of one. */
const HORIZON = 1_048_576;
/** Blocks that kernels go through in turn. */
const BLOCKS = 64;

/** The cases of the gate: each fast kernel on all that makes its passes differ, and once each what is around them. */
export function speedCases(): SpeedCase[] {
  // Few lines, many lines, clusters, many claims a trial, yearly terms, layers, lines that cost more than their claims.
  const books = ["W2", "W3", "W6", "W7", "W8", "W9", "W10"];
  return [
    ...books.map((book) => kernelCase("wasm", book)),
    ...books.map((book) => kernelCase("vectorized", book)),
    kernelCase("naive", "W2"),
    planCase("W3"),
    prepareCase("W2"),
    reportCase("W0"),
    executorCase("in this thread", "W0", ({ wasm }) => wasm.backend),
    executorCase("streaming", "W0", ({ streaming, wasm }) => streaming.streaming(wasm.backend)),
    {
      ...executorCase("workers", "W0", ({ workers, wasm }) => workers.workers(wasm.kernel, wasm.backend)),
      isThreaded: true,
    },
  ];
}

/** Blocks of a book, computed by a kernel that is warm. */
function kernelCase(backend: "naive" | "vectorized" | "wasm", book: string): SpeedCase {
  return {
    name: `${backend} ${book}`,
    async open(packages) {
      const { blockAt, lossesFor } = packages.core;
      const { plan, compiled } = planned(packages, book, backend === "naive" ? 0 : 3);
      const kernel: Kernel = packages[backend].kernel;
      const compute = await kernel.prepare(plan, compiled);
      const losses = lossesFor(plan);
      return { run: (turn) => compute(blockAt(turn % BLOCKS, plan.trials), losses) };
    },
  };
}

/** From a portfolio's text to the compiled plan: checking, rewriting, thresholds, tables. */
function planCase(book: string): SpeedCase {
  return {
    name: `plan ${book}`,
    async open(packages) {
      const text = textOf(book);
      return {
        run: (turn) => {
          const portfolio = packages.core.parseJsonPortfolio(text, book);
          return packages.core.compile(
            packages.core.makePlan(portfolio, { trials: HORIZON, seed: String(turn), optimizationLevel: 3 }),
          );
        },
      };
    },
  };
}

/** What a kernel does before its first block, and that block. */
function prepareCase(book: string): SpeedCase {
  return {
    name: `prepare ${book}`,
    async open(packages) {
      const { compile, blockAt, lossesFor } = packages.core;
      const { plan } = planned(packages, book, 3);
      const losses = lossesFor(plan);
      // Every kernel that is prepared takes a part of the plan's memory: one plan for all would fill it.
      let compiled = compile(plan);
      return {
        run: async (turn) => {
          if (turn % 64 === 0) compiled = compile(plan);
          (await packages.wasm.kernel.prepare(plan, compiled))(blockAt(0, plan.trials), losses);
        },
      };
    },
  };
}

/** The figures of 65,536 trials. */
function reportCase(book: string): SpeedCase {
  return {
    name: "report",
    async open(packages) {
      const { collect, makePlan, report, existingMoments } = packages.core;
      const plan = makePlan(portfolioOf(packages, book), { trials: 65_536, seed: "1" });
      await using simulator = await packages.wasm.backend.open();
      const { summary, losses } = await collect(plan, simulator.simulate(plan));
      if (summary === null) throw new Error("the run finished no block");
      const { total, maxOccurrence } = losses;
      return {
        run: () =>
          report({
            summary,
            total: total.slice(),
            maxOccurrence: maxOccurrence.slice(),
            exists: existingMoments(plan),
          }),
      };
    },
  };
}

/** A small run of eight blocks, from an executor that is open to all its losses and its summary. */
function executorCase(name: string, book: string, backendOf: (packages: Packages) => Backend): SpeedCase {
  return {
    name: `${name} ${book}`,
    async open(packages) {
      const plan = packages.core.makePlan(portfolioOf(packages, book), { trials: 32_768, seed: "1" });
      const simulator = await backendOf(packages).open({ workers: 2 });
      return {
        run: () => packages.core.collect(plan, simulator.simulate(plan)),
        close: async () => simulator[Symbol.asyncDispose](),
      };
    },
  };
}

interface Planned {
  readonly plan: Plan;
  readonly compiled: CompiledPlan;
}

/** By tree and book: compiling some of the plans takes longer than measuring what is done with them. */
const plans = new WeakMap<Packages, Map<string, Planned>>();

function planned(packages: Packages, book: string, optimizationLevel: 0 | 3): Planned {
  const own = plans.get(packages) ?? new Map<string, Planned>();
  plans.set(packages, own);
  const key = `${book} ${optimizationLevel}`;
  const known = own.get(key);
  if (known) return known;
  const { compile, makePlan } = packages.core;
  const plan = makePlan(portfolioOf(packages, book), { trials: HORIZON, seed: "1", optimizationLevel });
  const fresh = { plan, compiled: compile(plan) };
  own.set(key, fresh);
  return fresh;
}

function portfolioOf({ core }: Packages, book: string) {
  return core.parseJsonPortfolio(textOf(book), book);
}

function textOf(book: string): string {
  return readFileSync(allWorkloads().find(({ name }) => name === book)!.book, "utf8");
}
