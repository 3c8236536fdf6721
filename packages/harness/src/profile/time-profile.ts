import { sumOf } from "@lossmill/core/math";
import type { Profiler } from "node:inspector";
import { sourceReader } from "./source-line.ts";
import { STAGES, type Stage, type Staged, stageFinder } from "./stages.ts";

/** A part of all samples. */
export interface Share {
  readonly samples: number;
  /** Of all samples, between 0 and 1. */
  readonly share: number;
  readonly stage: Stage;
}

export interface StageShare extends Share {
  /** The share of the wall time that was watched. */
  readonly seconds: number;
}

/** A function's own samples, without those of what it calls. */
export interface FunctionShare extends Share {
  readonly name: string;
  /** Where it begins; empty and 0 for the engine's own and for WebAssembly. */
  readonly file: string;
  readonly line: number;
}

export interface LineShare extends Share {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** Where a run's time went. */
export interface TimeProfile {
  /** How often the stack was looked at: a share of p is known to about √(p · (1 − p) / samples). */
  readonly samples: number;
  /** Wall time from the first look to the last. */
  readonly seconds: number;
  /** Every stage, in the order of STAGES; shares add up to 1. */
  readonly stages: readonly StageShare[];
  /** By their own samples, hottest first; one that serves two stages is listed for each. */
  readonly functions: readonly FunctionShare[];
  /** By samples, hottest first. What has no source, such as WebAssembly, has no lines. */
  readonly lines: readonly LineShare[];
  /** The share of samples that fell into WebAssembly. */
  readonly compiledShare: number;
  /** As V8 gives it, for the developer tools of browsers and other viewers. */
  readonly cpuProfile: Profiler.Profile;
}

/** A node of the tree of stacks with the stage that its own samples count to. */
interface StagedNode {
  readonly node: Profiler.ProfileNode;
  readonly stage: Stage;
  readonly samples: number;
}

/** Counts the samples of a profile by stage, function and line. */
export function timeProfile(cpuProfile: Profiler.Profile, declared: readonly Staged[]): TimeProfile {
  const nodes = stagedNodes(cpuProfile, declared);
  const samples = sumOf(nodes, (node) => node.samples);
  const seconds = (cpuProfile.endTime - cpuProfile.startTime) / 1e6;
  const shareOf = (count: number) => (samples === 0 ? 0 : count / samples);
  const inStage = (stage: Stage) => sumOf(nodes, (node) => (node.stage === stage ? node.samples : 0));
  const compiled = nodes.filter(({ node }) => node.callFrame.url.startsWith("wasm:"));
  return {
    samples,
    seconds,
    stages: STAGES.map((stage) => {
      const count = inStage(stage);
      return { stage, samples: count, share: shareOf(count), seconds: shareOf(count) * seconds };
    }),
    functions: functionsOf(nodes, shareOf),
    lines: linesOf(nodes, shareOf),
    compiledShare: shareOf(sumOf(compiled, (node) => node.samples)),
    cpuProfile,
  };
}

function stagedNodes({ nodes }: Profiler.Profile, declared: readonly Staged[]): StagedNode[] {
  const stageOf = stageFinder(declared);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const staged: StagedNode[] = [];
  // Not by recursion: stacks may be deep.
  const open: [node: Profiler.ProfileNode, outer: Stage | undefined][] = nodes
    .slice(0, 1)
    .map((root) => [root, undefined]);
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, outer] = next;
    const stage = stageOf(node.callFrame, outer);
    staged.push({ node, stage: stage ?? "other", samples: node.hitCount ?? 0 });
    for (const id of node.children ?? []) open.push([byId.get(id)!, stage]);
  }
  return staged;
}

function functionsOf(nodes: readonly StagedNode[], shareOf: (count: number) => number): FunctionShare[] {
  const read = sourceReader();
  return ranked(
    nodes.map(({ node: { callFrame }, stage, samples }) => ({
      key: `${callFrame.functionName} ${callFrame.url}:${callFrame.lineNumber}:${callFrame.columnNumber} ${stage}`,
      samples,
      what: { callFrame, stage },
    })),
  ).map(({ samples, what: { callFrame, stage } }) => {
    const { functionName, url, lineNumber } = callFrame;
    const place = read(url, lineNumber + 1);
    const name = functionName || "(anonymous)";
    return { samples, share: shareOf(samples), stage, name, file: place?.file ?? "", line: place?.line ?? 0 };
  });
}

function linesOf(nodes: readonly StagedNode[], shareOf: (count: number) => number): LineShare[] {
  const read = sourceReader();
  const ticks = nodes.flatMap(({ node: { callFrame, positionTicks = [] }, stage }) =>
    positionTicks.flatMap(({ line, ticks: samples }) => {
      const source = read(callFrame.url, line);
      return source === null ? [] : [{ key: `${source.file}:${source.line}`, samples, what: { ...source, stage } }];
    }),
  );
  return ranked(ticks).map(({ samples, what }) => ({ samples, share: shareOf(samples), ...what }));
}

interface Counted<T> {
  readonly key: string;
  readonly samples: number;
  readonly what: T;
}

/** Equal keys added up, those without a sample left out, most samples first. */
function ranked<T>(counts: readonly Counted<T>[]): Counted<T>[] {
  const sums = new Map<string, Counted<T>>();
  for (const counted of counts) {
    if (counted.samples === 0) continue;
    sums.set(counted.key, { ...counted, samples: counted.samples + (sums.get(counted.key)?.samples ?? 0) });
  }
  return [...sums.values()].sort((a, b) => b.samples - a.samples);
}
