import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Profiler } from "node:inspector";

/** A share of all samples, and what they fell on. */
export interface Hot {
  readonly share: number;
  readonly name: string;
}

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** Functions by their own samples, those of what they call not counted, hottest first. */
export function hottestFunctions({ nodes }: Profiler.Profile): Hot[] {
  return ranked(nodes.map(({ callFrame, hitCount = 0 }) => [functionName(callFrame), hitCount]));
}

/** Source lines by samples, with their text, hottest first. What has no source here is left out. */
export function hottestLines({ nodes }: Profiler.Profile): Hot[] {
  const ticks = nodes.flatMap(({ callFrame: { url }, positionTicks = [] }) =>
    positionTicks.map(({ line, ticks: count }): [string, number] => [
      url.startsWith("file:") ? `${url}:${line}` : "",
      count,
    ]),
  );
  return ranked(ticks)
    .filter(({ name }) => name !== "")
    .map(({ share, name }) => ({ share, name: withText(name) }));
}

/** What a stack frame is called: `quantile, normal.ts:31`; V8's own and WebAssembly by what they are. */
export function functionName({ functionName: name, url, lineNumber }: Profiler.ProfileNode["callFrame"]): string {
  if (url.startsWith("wasm:")) return `${name} in WebAssembly`;
  if (name.startsWith("(") && url === "") return name;
  const place = url.startsWith("file:") ? relative(REPOSITORY, fileURLToPath(url)) : url;
  return `${name || "(anonymous)"}, ${place.replace(/^.*node_modules\//, "")}:${lineNumber + 1}`;
}

function withText(place: string): string {
  const [, url = "", line = ""] = /^(.*):(\d+)$/.exec(place) ?? [];
  const file = fileURLToPath(url);
  const text = readFileSync(file, "utf8").split("\n")[Number(line) - 1] ?? "";
  return `${relative(REPOSITORY, file).replace(/^.*node_modules\//, "")}:${line}  ${text.trim()}`;
}

function ranked(counts: readonly (readonly [name: string, count: number])[]): Hot[] {
  const sums = new Map<string, number>();
  for (const [name, count] of counts) sums.set(name, (sums.get(name) ?? 0) + count);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return [...sums].map(([name, sum]) => ({ share: sum / total, name })).sort((a, b) => b.share - a.share);
}
