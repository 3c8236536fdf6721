// A release without publishing: packs every package as its changesets would have it, checks what is packed, installs it in an
// empty folder and uses it there. pnpm release:dry [TARBALLS]; TARBALLS keeps what was packed.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { checkTarball } from "./check-tarball.ts";
import { command } from "./command.ts";
import { pack } from "./pack.ts";

const root = join(import.meta.dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "lossmill-release-"));
try {
  const tarballs = resolve(process.argv[2] ?? join(scratch, "tarballs"));
  pack(join(scratch, "copy"), tarballs);
  let faults = 0;
  for (const name of readdirSync(tarballs)) {
    const found = await checkTarball(join(tarballs, name), root);
    faults += found.length;
    console.log(`${name}: ${found.length === 0 ? "right" : "WRONG"}`);
    for (const fault of found) process.stderr.write(`✗ ${fault}\n`);
  }
  const tried = command(process.execPath, [join(import.meta.dirname, "try-packages.ts"), tarballs], { cwd: root });
  process.stdout.write(tried.stdout);
  process.stderr.write(tried.stderr);
  process.exitCode = faults === 0 && tried.code === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
