import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

const RULE = `\n\n${"-".repeat(80)}\n\n`;

/** The licences of the packages that bundled modules are of, each text once: their terms ask that they go along. */
export function thirdPartyNotice(modules: readonly string[]): string {
  const folders = new Set(modules.filter((id) => /[\\/]node_modules[\\/]/.test(id)).map(folderOfPackage));
  const packages = new Map<string, string[]>();
  for (const folder of folders) {
    const text = licenceOf(folder);
    packages.set(text, [...(packages.get(text) ?? []), folder]);
  }
  const notices = [...packages].map(([text, of]) => `${of.map(titleOf).sort().join("\n")}\n\n${text}`).sort();
  return `${["The files in this folder contain parts of these packages.", ...notices].join(RULE)}\n`;
}

/** The nearest folder above whose manifest names a package: some mark their folders with nameless ones. */
function folderOfPackage(module: string): string {
  for (let folder = dirname(module); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json")) && manifestOf(folder).name !== undefined) return folder;
  }
  throw new Error(`${module} belongs to no package`);
}

function manifestOf(folder: string) {
  const text = readFileSync(join(folder, "package.json"), "utf8");
  return JSON.parse(text) as { readonly name?: string; readonly version?: string; readonly license?: string };
}

function titleOf(folder: string): string {
  const { name, version, license } = manifestOf(folder);
  return `${name} ${version} (${license})`;
}

/** The licence and notice files of a package, or what its README says under that heading. */
function licenceOf(folder: string): string {
  const names = readdirSync(folder);
  const read = (name: string) => readFileSync(join(folder, name), "utf8").trim();
  const files = names.filter((name) => /^(licen[cs]e|notice|copying)/i.test(name)).map(read);
  if (files.length > 0) return files.join("\n\n");
  const readme = names.filter((name) => /^readme/i.test(name)).map(read);
  const section = /^#+\s*licen[cs]e\b.*\n([\s\S]+)/im.exec(readme.join("\n"))?.[1];
  if (section === undefined) throw new Error(`${titleOf(folder)} comes without its licence`);
  return section.trim();
}
