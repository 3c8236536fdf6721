import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { generated as generatedKernel } from "../../packages/backend-wasm/assembly/build.ts";
import { MOMENTS, NORMAL_TABLE, QUANTILE_TABLE, RANDOM, TALLY, generated } from "../../packages/core/assembly/build.ts";
import { instrument } from "./instrument.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const KERNEL = "packages/backend-wasm/src/compiled.ts";
const FOLDERS = ["packages/backend-wasm/assembly", "packages/core/assembly"];

/** A statement by its number: its file, from the root of the repository, and its line. */
export interface Statement {
  readonly file: string;
  readonly line: number;
}

/** Every compiled module's counted text, by the URL of the one that it stands in for; and the statements counted. */
export interface CountedModules {
  readonly replacements: Readonly<Record<string, string>>;
  readonly statements: readonly Statement[];
}

export async function buildModules(): Promise<CountedModules> {
  const texts = new Map<string, string>();
  const statements: Statement[] = [];
  for (const file of FOLDERS.flatMap(sourcesIn)) {
    const original = readFileSync(join(ROOT, file), "utf8");
    const { text, starts } = instrument(original, statements.length);
    texts.set(join(ROOT, file), text);
    statements.push(...starts.map((start) => ({ file, line: original.slice(0, start).split("\n").length })));
  }
  const readFile = (name: string, folder: string) => texts.get(resolve(folder, name)) ?? null;
  const replacements: Record<string, string> = {};
  replacements[pathToFileURL(join(ROOT, KERNEL)).href] = await generatedKernel(readFile);
  for (const module of [RANDOM, MOMENTS, TALLY, NORMAL_TABLE, QUANTILE_TABLE])
    replacements[module.output.href] = await generated(module, readFile);
  return { replacements, statements };
}

function sourcesIn(folder: string): string[] {
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith(".ts") && name !== "build.ts");
  return names.sort().map((name) => `${folder}/${name}`);
}
