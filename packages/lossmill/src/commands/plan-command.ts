import type { ResolvedConfig } from "@lossmill/core";
import { onInterrupt } from "../interrupt.ts";
import { type PlanResult, planResult } from "../plan-result.ts";
import { planText } from "../print/plan-text.ts";
import { readPortfolio } from "../read-portfolio.ts";

/** `lossmill plan FILE`: what will be simulated, how it was rewritten, and what it costs. Returns the exit code. */
export async function planCommand(path: string, config: ResolvedConfig, json: boolean): Promise<number> {
  const portfolio = await readPortfolio(path);
  // Pilot runs may take seconds.
  const interrupt = onInterrupt();
  let result: PlanResult;
  try {
    result = await planResult(portfolio, config, interrupt.signal);
  } finally {
    interrupt.release();
  }
  const text = json ? JSON.stringify(result, null, 2) : planText(result, process.stdout.columns ?? 120);
  process.stdout.write(`${text}\n`);
  return 0;
}
