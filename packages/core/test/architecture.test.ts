import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const packages = join(import.meta.dirname, "../..");

/** Arrows point down only: a package imports packages of lower floors, and floor 1 does not import itself. */
const FLOORS: Readonly<Record<string, number>> = {
  "@lossmill/core": 0,
  "@lossmill/exact": 1,
  "@lossmill/backend-naive": 1,
  "@lossmill/backend-vectorized": 1,
  "@lossmill/backend-wasm": 1,
  "@lossmill/backend-workers": 1,
  "@lossmill/backend-streaming": 1,
  "@lossmill/harness": 1,
  lossmill: 2,
};

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const manifests = readdirSync(packages)
  .filter((folder) => existsSync(join(packages, folder, "package.json")))
  .map((folder) => ({
    folder,
    ...(JSON.parse(readFileSync(join(packages, folder, "package.json"), "utf8")) as Manifest),
  }));

const isOurs = (name: string) => name === "lossmill" || name.startsWith("@lossmill/");

/** `from` of another package, as a source file names it; deep imports count as the package. */
function importsOf(source: string): string[] {
  const specifiers = source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g);
  return [...specifiers].map(([, specifier]) => specifier);
}

function sourcesOf(folder: string): string[] {
  return readdirSync(join(packages, folder, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(packages, folder, "src", name));
}

/** What is wrong with `from` using `to`; empty where the arrow points down. */
function fault(from: string, to: string): string {
  const [upper, lower] = [FLOORS[from], FLOORS[to]];
  if (upper === undefined || lower === undefined) return `${from} → ${to}: give both a floor`;
  return lower < upper ? "" : `${from} (floor ${upper}) → ${to} (floor ${lower})`;
}

describe("floors", () => {
  test("a wrong arrow would be noticed", () => {
    expect(fault("@lossmill/core", "lossmill")).not.toBe("");
    expect(fault("@lossmill/harness", "@lossmill/backend-naive")).not.toBe("");
    expect(fault("@lossmill/backend-naive", "@lossmill/unknown")).not.toBe("");
    expect(fault("lossmill", "@lossmill/backend-naive")).toBe("");
    expect(importsOf(`import { a } from "@lossmill/core"; await import("lossmill"); import "x";`)).toEqual([
      "@lossmill/core",
      "lossmill",
      "x",
    ]);
  });

  test.each(manifests.map(({ name, ...rest }) => [name, { name, ...rest }] as const))(
    "%s: manifest",
    (name, manifest) => {
      const named = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter(isOurs);
      expect(named.map((to) => fault(name, to)).filter(Boolean)).toEqual([]);
    },
  );

  test.each(manifests.map(({ name, ...rest }) => [name, { name, ...rest }] as const))(
    "%s: imports",
    (name, manifest) => {
      const wrong: string[] = [];
      for (const file of sourcesOf(manifest.folder)) {
        for (const specifier of importsOf(readFileSync(file, "utf8"))) {
          if (specifier.startsWith(".")) {
            if (!join(file, "..", specifier).startsWith(join(packages, manifest.folder, "src"))) wrong.push(specifier);
            continue;
          }
          const to = specifier
            .split("/")
            .slice(0, specifier.startsWith("@") ? 2 : 1)
            .join("/");
          if (isOurs(to)) wrong.push(fault(name, to));
          else if (!specifier.startsWith("node:") && !manifest.dependencies?.[to])
            wrong.push(`${to} is not a dependency`);
        }
      }
      expect(wrong.filter(Boolean)).toEqual([]);
    },
  );
});
