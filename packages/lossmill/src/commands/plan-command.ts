import type { ResolvedConfig } from "@lossmill/core";
import { planResult } from "../plan-result.ts";
import { planText } from "../print/plan-text.ts";
import { readPortfolio } from "../read-portfolio.ts";

/** `lossmill plan FILE`: what will be simulated, how it was rewritten, and what it costs. Returns the exit code. */
export async function planCommand(path: string, config: ResolvedConfig, json: boolean): Promise<number> {
  const result = await planResult(await readPortfolio(path), config);
  const text = json ? JSON.stringify(result, null, 2) : planText(result, process.stdout.columns ?? 120);
  process.stdout.write(`${text}\n`);
  return 0;
}
