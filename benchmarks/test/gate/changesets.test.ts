import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { declarationsSince } from "../../src/gate/changesets.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function tree(changesets: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "changesets-"));
  folders.push(folder);
  mkdirSync(join(folder, ".changeset"));
  for (const [file, text] of Object.entries(changesets)) writeFileSync(join(folder, ".changeset", file), text);
  return folder;
}

const front = '---\n"@lossmill/core": minor\n---\n\nScatter draws otherwise.\n\n';

test("a new changeset, or a new line of an old one, says so; one that the base has does not", () => {
  const old = { "old.md": `${front}bits: changed\n`, "grows.md": front };
  const base = tree(old);
  const head = tree({
    ...old,
    "new.md": `${front}bits: changed, by one draw\nsize: grown\n`,
    "grows.md": `${front}size: grown`,
  });
  expect(declarationsSince(base, head)).toEqual({ bits: ["new.md"], size: ["grows.md", "new.md"], faults: [] });
  expect(declarationsSince(head, head)).toEqual({ bits: [], size: [], faults: [] });
});

test("a sentence about bits says nothing, and a line that says it wrongly is told of", () => {
  const head = tree({ "new.md": `${front}The bits: changed.\n  bits: changed\nbits: unchanged\nsize:\n` });
  expect(declarationsSince(tree({}), head)).toEqual({
    bits: [],
    size: [],
    faults: [
      '.changeset/new.md: found "bits: unchanged"; allowed is "bits: changed", and a reason after it',
      '.changeset/new.md: found "size:"; allowed is "size: grown", and a reason after it',
    ],
  });
});
