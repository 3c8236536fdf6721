import { type Backend, LossmillError, type Portfolio, type ResolvedConfig, definePlan } from "@lossmill/core";
import { exactAnswer } from "@lossmill/exact";
import { type Certificate, type Judge, type RunEntry, verify } from "@lossmill/harness";
import { backendsToVerify } from "../backends-to-verify.ts";
import { warnOfSampling } from "./warn-of-sampling.ts";
import { FAILED, INTERRUPTED } from "../exit-codes.ts";
import { onInterrupt } from "../interrupt.ts";
import { checkMemory, memoryLimitBytes } from "../memory.ts";
import { verifyText } from "../print/verify-text.ts";
import { readPortfolio } from "../read-portfolio.ts";

export interface VerifyArguments {
  readonly config: ResolvedConfig;
  readonly at?: readonly number[] | undefined;
  readonly json: boolean;
}

/** What `verify` keeps of a trial: losses of two backends, sorted totals. */
const BYTES_PER_TRIAL = 100;

/**
 * `lossmill verify FILE`: every backend at every level against the exact answer and each other. Returns the exit code.
 * The backends are, unless given, those that the settings ask for; the first is what the others are compared with.
 */
export async function verifyCommand(
  path: string,
  { config, at, json }: VerifyArguments,
  given?: readonly Backend[],
): Promise<number> {
  warnOfSampling("verify", config);
  const backends = given ?? (await backendsToVerify(config));
  checkMemory(BYTES_PER_TRIAL * config.trials, memoryLimitBytes(config.memoryLimit), config.trials);
  const portfolio = await readPortfolio(path);
  if (isShown(config)) process.stderr.write("the exact answer …\n");
  // Before anything listens for Ctrl-C: it is computed in one go, and a Ctrl-C ends the process as the system does.
  const judge = exactAnswer(portfolio, at ? { at } : {});
  const interrupt = onInterrupt();
  let certificate: Certificate;
  try {
    certificate = await certify(portfolio, config, judge, backends, interrupt.signal);
  } catch (error) {
    if (!(error instanceof LossmillError && error.code === "STOPPED")) throw error;
    process.stderr.write("lossmill: verify: stopped before its end, nothing is proved\n");
    return INTERRUPTED;
  } finally {
    interrupt.release();
  }
  const text = json ? JSON.stringify(certificate, null, 2) : verifyText(certificate, process.stdout.columns ?? 120);
  process.stdout.write(`${text}\n`);
  return certificate.passed ? 0 : FAILED;
}

/** The certificate of a checked portfolio: levels 0 up to the one that the settings allow. */
async function certify(
  portfolio: Portfolio,
  config: ResolvedConfig,
  judge: Judge,
  backends: readonly Backend[],
  signal: AbortSignal,
): Promise<Certificate> {
  const { seed, generator, trials, horizon, optimizationLevel } = config;
  return await verify({
    definition: definePlan(portfolio, { seed, generator, trials, horizon }),
    backends,
    judge,
    levels: ([0, 1, 2, 3] as const).filter((level) => level <= optimizationLevel),
    signal,
    onRun: (entry, done, of) => {
      if (isShown(config)) process.stderr.write(`${runLine(entry)} (${done} of ${of})\n`);
    },
  });
}

function isShown({ verbose }: ResolvedConfig): boolean {
  return verbose > 1 || (verbose > 0 && process.stderr.isTTY);
}

function runLine({ backend, level, passed, notRun }: RunEntry): string {
  return `${backend}, level ${level}: ${notRun === undefined ? (passed ? "passed" : "FAILED") : "not run"}`;
}
