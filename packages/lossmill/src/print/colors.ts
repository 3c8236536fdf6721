import { isatty } from "node:tty";
import pc from "picocolors";

/**
 * Whether what goes to standard output is coloured: on a terminal, never into a file or a pipe, of which a CI's log is
 * one; NO_COLOR forbids it, FORCE_COLOR asks for it (https://no-color.org, https://force-color.org).
 */
export function wantsColors(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env["NO_COLOR"]) return false;
  const forced = env["FORCE_COLOR"];
  if (forced) return forced !== "0" && forced !== "false";
  return isTerminal && env["TERM"] !== "dumb";
}

const STDOUT = 1;

export const { bold, dim, green, red, yellow } = pc.createColors(wantsColors(process.env, isatty(STDOUT)));
