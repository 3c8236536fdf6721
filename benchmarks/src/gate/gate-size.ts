import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Declarations } from "./changesets.ts";
import type { GateReport, Trees } from "./gate-report.ts";
import { pnpm } from "./pnpm.ts";

/** Packed bytes by package name. */
export type Sizes = Readonly<Record<string, number>>;

/** More than the base by this, and a changeset must say so. */
const GROWTH = 1.05;

export async function gateSize({ base, head }: Trees, declarations: Declarations): Promise<GateReport> {
  const [before, after] = [await sizesOf(base), await sizesOf(head)];
  const left = leftoversOf(head).map((file) => `${file}: has no source any more; delete that dist and build again`);
  const faults = [...declarations.faults, ...left];
  return sizeReport({ before, after, budgets: budgetsOf(head) }, { ...declarations, faults });
}

/** What earlier builds left in a tree's dist folders, which would be packed: the compiler deletes nothing. */
export function leftoversOf(tree: string): string[] {
  return readdirSync(join(tree, "packages")).flatMap((name) => {
    const folder = join("packages", name);
    const built = readdirSync(join(tree, folder, "dist"), { recursive: true, encoding: "utf8" });
    return built
      .filter((file) => file.endsWith(".js") && !existsSync(join(tree, folder, "src", file.replace(/\.js$/, ".ts"))))
      .map((file) => join(folder, "dist", file));
  });
}

/** The most that each package may have, tools/package-sizes.json. */
function budgetsOf(tree: string): Sizes {
  return JSON.parse(readFileSync(join(tree, "tools", "package-sizes.json"), "utf8")) as Sizes;
}

/** Packs every package of a built tree as it would be published. */
export async function sizesOf(tree: string): Promise<Sizes> {
  const folder = mkdtempSync(join(tmpdir(), "lossmill-pack-"));
  try {
    await pnpm({ cwd: tree }, "--filter", "./packages/*", "-r", "pack", "--pack-destination", folder);
    const sizes: Record<string, number> = {};
    for (const each of readdirSync(join(tree, "packages"))) {
      const manifest = readFileSync(join(tree, "packages", each, "package.json"), "utf8");
      const { name, version } = JSON.parse(manifest) as { readonly name: string; readonly version: string };
      sizes[name] = statSync(join(folder, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`)).size;
    }
    return sizes;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface SizesCompared {
  readonly before: Sizes;
  readonly after: Sizes;
  readonly budgets: Sizes;
}

export function sizeReport({ before, after, budgets }: SizesCompared, { size, faults }: Declarations): GateReport {
  const problems = [...faults];
  const notes: string[] = [];
  for (const [name, bytes] of Object.entries(after)) {
    const budget = budgets[name];
    // A budget is changed in its file, not by a word.
    if (budget === undefined) problems.push(`${name}: has no budget in tools/package-sizes.json`);
    else if (bytes > budget) problems.push(`${name}: ${bytes} bytes packed; its budget is ${budget}`);
    if (before[name] === undefined || bytes <= GROWTH * before[name]) continue;
    const what = `${name}: ${percent(bytes, before[name])} on the base's ${before[name]} bytes`;
    if (size.length > 0) notes.push(`${what}, as ${size.join(", ")} says`);
    else problems.push(`${what}; a changeset must say "size: grown"`);
  }
  return {
    gate: "size",
    passed: problems.length === 0,
    problems,
    notes,
    head: ["package", "base", "head", "change", "budget"],
    rows: Object.entries(after).map(([name, bytes]) => [
      name,
      String(before[name] ?? "new"),
      String(bytes),
      before[name] === undefined ? "" : percent(bytes, before[name]),
      String(budgets[name] ?? "none"),
    ]),
    figures: { before, after, budgets, declaredBy: size },
  };
}

function percent(bytes: number, before: number): string {
  const change = 100 * (bytes / before - 1);
  return `${change < 0 ? "−" : "+"}${Math.abs(change).toFixed(1)} %`;
}
