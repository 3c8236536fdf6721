import type { Profiler } from "node:inspector";
import { functionName } from "./hottest.ts";

const WIDTH = 1200;
const ROW = 18;
/** Frames narrower than this share of all samples are left out. */
const NARROWEST = 0.002;
const CHARACTER = 6.2;

/** Colours by where the code is. */
const COLOURS: readonly (readonly [where: RegExp, colour: string])[] = [
  [/WebAssembly/, "#9ecae1"],
  [/backend-naive\/src\/quantiles/, "#fdae6b"],
  [/backend-naive/, "#fdd49e"],
  [/packages\/core/, "#a1d99b"],
  [/./, "#d9d9d9"],
];

interface Frame {
  readonly name: string;
  readonly samples: number;
  readonly callees: readonly Frame[];
}

/** A profile as a picture: a box as wide as the share of samples in which a function was on the stack, callees above. */
export function flameGraph(profile: Profiler.Profile): string {
  const root = frameTree(profile);
  const rows = depthOf(root, root.samples);
  const boxes = boxesOf(root, { left: 0, row: 0, total: root.samples, rows });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${rows * ROW}" font-family="monospace" font-size="10">
${boxes.join("\n")}
</svg>
`;
}

function frameTree({ nodes }: Profiler.Profile): Frame {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const frameOf = (node: Profiler.ProfileNode): Frame => {
    const callees = (node.children ?? []).map((id) => frameOf(byId.get(id)!));
    const samples = (node.hitCount ?? 0) + callees.reduce((sum, callee) => sum + callee.samples, 0);
    return { name: functionName(node.callFrame), samples, callees: callees.sort((a, b) => b.samples - a.samples) };
  };
  return frameOf(nodes[0]);
}

function depthOf(frame: Frame, total: number): number {
  return 1 + Math.max(0, ...visible(frame, total).map((callee) => depthOf(callee, total)));
}

function visible({ callees }: Frame, total: number): Frame[] {
  return callees.filter(({ samples }) => samples / total >= NARROWEST);
}

interface Place {
  readonly left: number;
  readonly row: number;
  readonly total: number;
  readonly rows: number;
}

function boxesOf(frame: Frame, { left, row, total, rows }: Place): string[] {
  const width = (frame.samples / total) * WIDTH;
  const y = (rows - 1 - row) * ROW;
  const [, colour] = COLOURS.find(([where]) => where.test(frame.name))!;
  const letters = Math.floor((width - 6) / CHARACTER);
  const label =
    letters < 4
      ? ""
      : `<text x="${(left + 3).toFixed(1)}" y="${y + 12}">${escaped(labelOf(frame).slice(0, letters))}</text>`;
  const title = `<title>${escaped(frame.name)}: ${((frame.samples / total) * 100).toFixed(1)} %</title>`;
  const box = `<g>${title}<rect x="${left.toFixed(1)}" y="${y}" width="${(width - 0.5).toFixed(1)}" height="${ROW - 1}" fill="${colour}"/>${label}</g>`;
  let next = left;
  return [
    box,
    ...visible(frame, total).flatMap((callee) => {
      const boxes = boxesOf(callee, { left: next, row: row + 1, total, rows });
      next += (callee.samples / total) * WIDTH;
      return boxes;
    }),
  ];
}

/** `quantile normal.ts:25`: the title has the whole path. */
function labelOf({ name }: Frame): string {
  return name.replace(/, (.*\/)?/, " ");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
