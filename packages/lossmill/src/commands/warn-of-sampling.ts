import type { ResolvedConfig } from "@lossmill/core";

/** Says, unless all is to be silent, that a command is of plain trials where the environment asks for others. */
export function warnOfSampling(command: string, { sampling, sources, verbose }: ResolvedConfig): void {
  if (sampling === "plain" || verbose === 0) return;
  const asked = `${sources.sampling}=${sampling}`;
  process.stderr.write(`lossmill: warning: ${command} is of plain trials; ${asked} is for simulate, plan\n`);
}
