import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatMessage } from "publint/utils";
import { publint } from "publint";
import { command, done } from "./command.ts";

/** The largest packed size of each package, in bytes: a fifth above what it was when the limit was set. */
const LIMITS = JSON.parse(readFileSync(join(import.meta.dirname, "../package-sizes.json"), "utf8")) as Readonly<
  Record<string, number>
>;

const FOLDERS = ["dist", "src"];
const FILES = ["LICENSE", "README.md", "package.json"];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What is wrong with a packed package; empty where it may be published. */
export async function checkTarball(tarball: string, cwd: string): Promise<string[]> {
  const names = done("tar", ["-tzf", tarball], { cwd }).trim().split(/\r?\n/);
  const files = names.map((name) => name.replace(/^package\//, ""));
  const manifest = JSON.parse(done("tar", ["-xzOf", tarball, "package/package.json"], { cwd })) as Manifest;
  return [
    ...contentFaults(manifest, files),
    ...manifestFaults(manifest, files),
    ...sizeFaults(manifest, readFileSync(tarball).byteLength),
    ...(await publintFaults(tarball)),
    ...typeFaults(tarball, cwd),
  ].map((fault) => `${manifest.name}: ${fault}`);
}

function contentFaults({ bin }: Manifest, files: readonly string[]): string[] {
  const folders = bin ? [...FOLDERS, "bundle"] : FOLDERS;
  const strange = files.filter((file) => !FILES.includes(file) && !folders.includes(file.split("/")[0]));
  const odd = files.filter((file) => /(^|\/)\.|\.test\.|\.log$/.test(file));
  const missing = FILES.filter((file) => !files.includes(file));
  return [
    ...[...strange, ...odd].map((file) => `${file} has no place in it`),
    ...missing.map((file) => `${file} is missing`),
  ];
}

function manifestFaults(manifest: Manifest, files: readonly string[]): string[] {
  const { bin = {}, exports, dependencies = {}, license, version } = manifest;
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === "string" ? target : Object.values(target),
  );
  const missing = [...targets, ...Object.values(bin)].filter((path) => !files.includes(path.replace(/^\.\//, "")));
  const loose = Object.entries(dependencies).filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range));
  const ours = Object.entries(dependencies).filter(
    ([name, range]) => name.startsWith("@lossmill/") && range !== version,
  );
  return [
    ...missing.map((path) => `${path} is named in package.json and not there`),
    ...loose.map(([name, range]) => `depends on ${name} ${range}: not one version`),
    ...ours.map(([name, range]) => `depends on ${name} ${range}, of another release than ${version}`),
    ...(license === "MIT" ? [] : ["has no licence"]),
    ...(version === "0.0.0" ? ["has no version"] : []),
  ];
}

function sizeFaults({ name }: Manifest, bytes: number): string[] {
  const limit = LIMITS[name];
  if (limit === undefined) return [`${bytes} bytes packed, and no limit in tools/package-sizes.json`];
  return bytes > limit ? [`${bytes} bytes packed, above the limit of ${limit} in tools/package-sizes.json`] : [];
}

async function publintFaults(tarball: string): Promise<string[]> {
  const buffer = readFileSync(tarball);
  const { messages, pkg } = await publint({ pack: { tarball: Uint8Array.from(buffer).buffer }, strict: true });
  return messages
    .filter(({ type }) => type !== "suggestion")
    .map((message) => `publint: ${formatMessage(message, pkg)}`);
}

/** Whether every entry's types are found by those who import it, by TypeScript's rules for Node and for bundlers. */
function typeFaults(tarball: string, cwd: string): string[] {
  const { code, stdout, stderr } = command("pnpm", ["exec", "attw", tarball, "--profile", "esm-only"], { cwd });
  return code === 0 ? [] : [`attw:\n${stdout}${stderr}`];
}
