import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { lossmill } from "./command.ts";
import { book } from "./interrupted.ts";

const BLOCKS = 40;
const TRIALS = BLOCKS * 4096 - 1000;

/**
 * Kills a run by policy, with a losses file in `format`, so many times at moments of chance, also while it saves, and goes on
 * with it: what it prints and what it writes is that of a run that was not killed, and nothing else is left.
 */
export async function checkKilled(format: string, kills: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "lossmill-killed-"));
  try {
    const file = join(folder, "book.json");
    writeFileSync(file, JSON.stringify(book));
    const checkpoint = join(folder, "checkpoint");
    const asked = ["simulate", file, "--seed", "3", "--trials", String(TRIALS), "--by", "policy", "--losses"];
    const whole = await lossmill([...asked, join(folder, `whole${format}`), "--json"]);
    const begin = [...asked, join(folder, `losses${format}`), "--checkpoint", checkpoint];
    const go = (...more: string[]) => [...(existsSync(checkpoint) ? ["resume", checkpoint] : begin), ...more];
    const moments: string[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const blocks = Math.floor(Math.random() * 12);
      const killAfter = Math.floor(Math.random() * 20);
      moments.push(`${killAfter} ms after block ${blocks} of its own`);
      const often = go("--checkpoint-seconds", "0", "-v", "3");
      await lossmill(often, { killOn: new RegExp(`(^block \\d+:[^]*){${blocks}}`, "m"), killAfter });
    }
    const { code, stdout, stderr } = await lossmill(go("--json", "-v", "0"));
    // All of it, so that a failure at moments of chance tells what it was.
    const end = { moments, code, stderr, files: readdirSync(folder) };
    expect(end).toEqual({ ...end, code: 0, stderr: "" });
    expect([moments, figuresOf(stdout)]).toEqual([moments, figuresOf(whole.stdout)]);
    const [found, expected] = ["losses", "whole"].map((name) => readFileSync(join(folder, `${name}${format}`)));
    expect([moments, found.equals(expected)]).toEqual([moments, true]);
    const left = ["book.json", "checkpoint", `losses${format}`, `whole${format}`];
    expect([moments, readdirSync(folder)]).toEqual([moments, left]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresOf(json: string) {
  return { ...(JSON.parse(json) as object), seconds: 0, backend: "" };
}
