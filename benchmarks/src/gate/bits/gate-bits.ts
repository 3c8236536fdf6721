import type { Declarations } from "../changesets.ts";
import type { GateReport, Trees } from "../gate-report.ts";
import { runNode } from "../run-node.ts";
import type { Hashes } from "./hash-process.ts";

const MOST_SHOWN = 20;

/** Runs every book in both trees, each in a process of its own. */
export async function gateBits({ base, head }: Trees, declarations: Declarations): Promise<GateReport> {
  const file = new URL("hash-process.ts", import.meta.url);
  const [before, after] = (await Promise.all([base, head].map((tree) => runNode(file, { tree })))) as [Hashes, Hashes];
  return bitsReport(before, after, declarations);
}

/** What changed fails, unless a changeset says so; what the base could not run is new, and changes nothing. */
export function bitsReport(before: Hashes, after: Hashes, { bits, faults }: Declarations): GateReport {
  const compared = Object.keys(after).filter((name) => before[name] !== undefined && !isRefused(before[name]));
  const changed = compared.filter((name) => before[name] !== after[name]);
  const isDeclared = bits.length > 0;
  const problems = [...faults];
  if (changed.length > 0 && !isDeclared) {
    const how = 'a changeset must say "bits: changed"';
    problems.push(`${changed.length} of ${compared.length} runs lose something else than in the base; ${how}`);
  }
  const notes = [`${compared.length - changed.length} of ${compared.length} runs have the same bits`];
  const added = Object.keys(after).length - compared.length;
  if (added > 0) notes.push(`${added} runs that the base does not know`);
  if (changed.length > 0 && isDeclared) notes.push(`${changed.length} changed, as ${bits.join(", ")} says`);
  if (changed.length === 0 && isDeclared) notes.push(`${bits.join(", ")} says that bits changed; none of these did`);
  if (changed.length > MOST_SHOWN) notes.push(`the first ${MOST_SHOWN} of ${changed.length} are shown`);
  return {
    gate: "bits",
    passed: problems.length === 0,
    problems,
    notes,
    head: ["run", "base", "head"],
    rows: changed.slice(0, MOST_SHOWN).map((name) => [name, before[name], after[name]]),
    figures: { compared: compared.length, changed, declaredBy: bits },
  };
}

function isRefused(hash: string): boolean {
  return hash.startsWith("refused");
}
