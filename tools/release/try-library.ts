import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { command } from "./command.ts";
import type { NodeToTry } from "./nodes.ts";

/** As strict as a user's configuration can be, declarations of libraries included. */
const COMPILER_OPTIONS = {
  target: "es2022",
  lib: ["es2023", "esnext.disposable"],
  module: "nodenext",
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  rootDir: "examples",
  outDir: "compiled",
};

/** Type-checks the examples of all installed packages' READMEs, and runs them. Returns what is wrong. */
export function tryLibrary(folder: string, packages: readonly string[], nodes: readonly NodeToTry[]): string[] {
  mkdirSync(join(folder, "examples"), { recursive: true });
  for (const name of packages) {
    const readme = readFileSync(join(folder, "node_modules", name, "README.md"), "utf8");
    const blocks = [...readme.matchAll(/^```ts\r?\n([\s\S]*?)^```/gm)].map(([, code]) => code);
    if (blocks.length === 0) return [`${name}: its README has no example`];
    writeFileSync(join(folder, "examples", `${name.replace("/", "-")}.ts`), blocks.join("\n"));
  }
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ["examples"] }),
  );
  const typescript = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
  const tsc = join(typescript, "bin/tsc");
  const checked = command(process.execPath, [tsc, "-p", "."], { cwd: folder });
  if (checked.code !== 0) return [`types of the packages, or of the examples in their READMEs:\n${checked.stdout}`];
  return nodes.flatMap((node) =>
    readdirSync(join(folder, "compiled")).flatMap((file) => {
      const { code, stderr } = command(node.path, [join("compiled", file)], { cwd: folder, env: node.env });
      return code === 0 ? [] : [`Node ${node.version}: the example of ${file} fails\n${stderr}`];
    }),
  );
}
