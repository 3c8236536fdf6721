import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { LossmillError, type ResolvedConfig } from "@lossmill/core";
import { warnOfSampling } from "./warn-of-sampling.ts";
import { printable } from "../print/printable.ts";
import { profileText } from "../print/profile-text.ts";
import { profileResult } from "../profile-result.ts";
import { readPortfolio, reasonOf } from "../read-portfolio.ts";

export interface ProfileArguments {
  readonly config: ResolvedConfig;
  /** The folder that the profile itself goes to. */
  readonly out: string | undefined;
  readonly json: boolean;
}

/** `lossmill profile FILE`: where a run's time goes. Returns the exit code. */
export async function profileCommand(path: string, { config, out, json }: ProfileArguments): Promise<number> {
  warnOfSampling("profile", config);
  const portfolio = await readPortfolio(path);
  if (out !== undefined) orRefuse(out, () => mkdirSync(out, { recursive: true }));
  const { result, cpuProfile } = await profileResult(portfolio, config);
  let written: string | null = null;
  if (out !== undefined) {
    written = join(out, `${basename(path, extname(path))}-${result.backend}.cpuprofile`);
    write(written, JSON.stringify(cpuProfile));
  }
  const text = json
    ? JSON.stringify({ ...result, cpuProfile: written }, null, 2)
    : profileText(result, written, process.stdout.columns ?? 120);
  process.stdout.write(`${text}\n`);
  return 0;
}

/** The place is only taken by a whole file. */
function write(path: string, text: string): void {
  const partial = `${path}.${process.pid}.partial`;
  orRefuse(path, () => {
    try {
      writeFileSync(partial, text);
      renameSync(partial, path);
    } finally {
      rmSync(partial, { force: true });
    }
  });
}

/** Throws BAD_OUTPUT where `action` fails. */
function orRefuse(path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw new LossmillError("BAD_OUTPUT", { place: printable(path), message: reasonOf(error) }, { cause: error });
  }
}
