import { type Badge, badgesOf } from "./badges.ts";
import { condensedRaces } from "./history/condensed-races.ts";
import type { HistoryRecord } from "./history/history-record.ts";
import { FASTEST } from "./ours.ts";
import { readmeTable } from "./readme-table.ts";
import type { BenchRecord } from "./record.ts";
import { speedPicture } from "./speed-picture.ts";

/** What the README's generated parts are made of. */
export interface Sources {
  /** The README as it is. */
  readonly readme: string;
  readonly peers: BenchRecord;
  readonly history: readonly HistoryRecord[];
}

const PICTURES = "docs/pictures";

/**
 * The files that are made of records, by their paths in the repository: the README with the parts between its markers made
 * anew, and the pictures that it shows. Nothing of them is written by hand.
 */
export function readmeFiles({ readme, peers, history }: Sources): Record<string, string> {
  const badges = badgesOf(peers, history);
  const races = condensedRaces(peers.races);
  const withBadges = withPart(readme, "badges", badges.map(badgeLink).join("\n"));
  return {
    "README.md": withPart(
      withBadges,
      "benchmarks",
      `${pictureLink(races.map(({ workload }) => workload))}\n\n${readmeTable(peers)}`,
    ),
    [`${PICTURES}/speed-light.svg`]: speedPicture(races, "light"),
    [`${PICTURES}/speed-dark.svg`]: speedPicture(races, "dark"),
    ...Object.fromEntries(badges.map(({ name, svg }) => [`${PICTURES}/badge-${name}.svg`, svg])),
  };
}

/** A page with the part between `<!-- name:begin -->` and `<!-- name:end -->` replaced. */
export function withPart(page: string, name: string, part: string): string {
  const [first, last] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const begin = page.indexOf(first);
  const end = page.indexOf(last, begin);
  if (begin === -1 || end === -1) throw new Error(`the page lacks ${first} or ${last}`);
  return `${page.slice(0, begin + first.length)}\n\n${part.trimEnd()}\n\n${page.slice(end)}`;
}

function badgeLink({ name, label, message }: Badge): string {
  return `![${label}: ${message}](${PICTURES}/badge-${name}.svg)`;
}

function pictureLink(workloads: readonly string[]): string {
  return `<picture>
  <source media="(prefers-color-scheme: dark)" srcset="${PICTURES}/speed-dark.svg">
  <img alt="How many times as slow as ${FASTEST} each contestant is; the table below has the figures" src="${PICTURES}/speed-light.svg">
</picture>

How many times as slow as \`${FASTEST}\`: geometric means over ${workloads.join(", ")}, with the lowest and the highest. All of it:`;
}
