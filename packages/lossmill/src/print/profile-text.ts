import { relative } from "node:path";
import * as pc from "./colors.ts";
import type { ProfileResult } from "../profile-result.ts";
import { formatNumber } from "./number.ts";
import { printable, shortened } from "./printable.ts";
import { seedText } from "./seed-text.ts";
import { table } from "./table.ts";
import { wrap } from "./wrap.ts";

const MOST_FUNCTIONS = 12;
const MOST_LINES = 12;
const MOST_PLAN_LINES = 8;
/** Fewer say little: a share of 10 % is then known to 2 %. */
const ENOUGH_SAMPLES = 1000;
/** From this share on it is worth a word that WebAssembly has no lines. */
const MUCH = 0.05;

/** A profile for a person, `width` characters wide at most where its numbers allow; `written` is where it was written to. */
export function profileText(result: ProfileResult, written: string | null, width: number): string {
  const { portfolio, trials, backend, optimizationLevel, samples, seconds } = result;
  const facts = [
    `${formatNumber(trials)} years`,
    seedText(result),
    `${backend}, level ${optimizationLevel}`,
    `${formatNumber(samples)} samples in ${seconds.toFixed(2)} s`,
  ];
  return [
    pc.bold(shortened(portfolio, Math.max(20, width))),
    ...wrap(facts, " · ", width).map((line) => pc.dim(line)),
    "",
    stagesTable(result),
    "",
    functionsTable(result, width),
    "",
    linesTable(result, width),
    "",
    planLinesTable(result, width),
    "",
    ...notes(result, written).flatMap((note) => wrap(note.split(" "), " ", width).map((line) => pc.dim(line))),
  ].join("\n");
}

function stagesTable({ stages, samples }: ProfileResult): string {
  return table(
    [{ title: "stage", align: "left" }, { title: "share" }, { title: "±" }, { title: "seconds" }],
    stages.map(({ stage, share, seconds }) => [
      stage,
      percent(share),
      // Half a 95 % interval of a binomial share.
      percent(1.96 * Math.sqrt((share * (1 - share)) / Math.max(samples, 1))),
      seconds.toFixed(3),
    ]),
  );
}

function functionsTable({ functions }: ProfileResult, width: number): string {
  return table(
    [{ title: "share" }, { title: "stage", align: "left" }, { title: "hottest functions", align: "left" }],
    functions.slice(0, MOST_FUNCTIONS).map(({ share, stage, name, file, line }) => {
      const place = file === "" ? name : `${name}, ${placeOf(file, line)}`;
      return [percent(share), stage, shortened(place, Math.max(20, width - 21))];
    }),
  );
}

function linesTable({ lines }: ProfileResult, width: number): string {
  return table(
    [{ title: "share" }, { title: "stage", align: "left" }, { title: "hottest lines", align: "left" }],
    lines.slice(0, MOST_LINES).map(({ share, stage, file, line, text }) => {
      return [percent(share), stage, shortened(`${placeOf(file, line)}  ${text}`, Math.max(20, width - 21))];
    }),
  );
}

function planLinesTable({ planLines }: ProfileResult, width: number): string {
  return table(
    [{ title: "draws" }, { title: "policies" }, { title: "lines of the plan by what they draw", align: "left" }],
    planLines
      .slice(0, MOST_PLAN_LINES)
      .map(({ id, policies, share }) => [
        percent(share),
        formatNumber(policies),
        shortened(id, Math.max(20, width - 19)),
      ]),
  );
}

function notes({ samples, compiledShare, backend, planLines }: ProfileResult, written: string | null): string[] {
  const hidden = planLines.length - MOST_PLAN_LINES;
  return [
    ...(hidden > 0 ? [`${formatNumber(hidden)} more lines of the plan; --json has all.`] : []),
    ...(samples < ENOUGH_SAMPLES ? ["Few samples: more --trials give more."] : []),
    ...(compiledShare > MUCH && backend === "wasm"
      ? [
          `${percent(compiledShare)} of the samples are in WebAssembly, whose lines nobody tells; --backend vectorized has the same passes, with lines.`,
        ]
      : []),
    written === null
      ? "--out DIR writes the profile for speedscope and the developer tools of browsers."
      : `Written: ${printable(written)}. Open it at https://www.speedscope.app or in the performance panel of a browser's developer tools.`,
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Where a line is: from the package's name on where it is installed, else from the folder in hand. */
function placeOf(file: string, line: number): string {
  const installed = /.*[\\/]node_modules[\\/](.*)/.exec(file)?.[1];
  return `${installed ?? relative(process.cwd(), file)}:${line}`;
}
