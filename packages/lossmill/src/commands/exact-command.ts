import { exactResult } from "../exact-result.ts";
import { exactText } from "../print/exact-text.ts";
import { readPortfolio } from "../read-portfolio.ts";

/** `lossmill exact FILE`: the answer without random numbers. Returns the exit code. */
export async function exactCommand(path: string, at: readonly number[] | undefined, json: boolean): Promise<number> {
  if (process.stderr.isTTY) process.stderr.write("the exact answer …\n");
  const result = exactResult(await readPortfolio(path), at);
  const text = json ? JSON.stringify(result, null, 2) : exactText(result, process.stdout.columns ?? 120);
  process.stdout.write(`${text}\n`);
  return 0;
}
