// Bundles the command line of the package in hand into a few files, packages/lossmill/bundle: reading some 200 modules
// took most of its start (docs/decisions/0020-the-command-line-is-bundled.md). Programs that import lossmill do not get these files.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Plugin, rolldown } from "rolldown";
import { thirdPartyNotice } from "./third-party-notice.ts";

const lossmill = join(import.meta.dirname, "../../packages/lossmill");
const folder = join(lossmill, "bundle");

/** Loaded only by what asks for them, and as large as all the rest: they stay where npm puts them. */
const LEFT_OUT = [/^node:/, "apache-arrow", "hyparquet-writer", "pino", "cli-progress"];

/**
 * What is loaded by its URL, kernels and what threads run, becomes a file of its own that shares the rest: with the
 * package's own modules a thread would read its 200 modules again.
 */
function loadedByUrl(): Plugin {
  return {
    name: "loaded-by-url",
    async transform(code, importer) {
      const found = [...code.matchAll(/import\.meta\.resolve\("(@lossmill\/([^"]+))"\)/g)];
      let out = code;
      for (const [call, specifier, name] of found) {
        const resolved = await this.resolve(specifier, importer);
        if (resolved === null) throw new Error(`${importer}: cannot find ${specifier}`);
        const fileName = `${name.replace("/", "-")}.js`;
        this.emitFile({ type: "chunk", id: resolved.id, fileName, preserveSignature: "strict" });
        out = out.replace(call, `new URL("./${fileName}", import.meta.url).href`);
      }
      return found.length === 0 ? null : out;
    },
  };
}

/**
 * What watches code by the files that it stands in, `profile`, runs from the package's own modules: of a bundle it could
 * tell neither stages nor lines of the sources.
 */
function leftInPlace(): Plugin {
  return {
    name: "left-in-place",
    resolveId: (source) =>
      source.endsWith("/profile-command.js") ? { id: "../dist/commands/profile-command.js", external: true } : null,
  };
}

rmSync(folder, { recursive: true, force: true });
const bundle = await rolldown({
  input: { cli: join(lossmill, "dist/cli.js") },
  platform: "node",
  external: LEFT_OUT,
  plugins: [leftInPlace(), loadedByUrl()],
});
const { output } = await bundle.write({
  dir: folder,
  format: "esm",
  entryFileNames: "[name].js",
  // Beside each other: version.ts reads ../package.json.
  chunkFileNames: "[name].js",
  minify: process.argv.includes("--minify"),
  // They are a third of what Node would read and decode. Licences are in a file of their own, below.
  comments: { legal: false, jsdoc: false, annotation: false },
});
await bundle.close();
const modules = output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
writeFileSync(join(folder, "THIRD-PARTY-LICENSES.txt"), thirdPartyNotice(modules));
