import { type Command, CommanderError, InvalidArgumentError } from "commander";

/** Bad options, or a call for help: what to print, and the exit code that goes with it. */
export class Stop extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Reads the options of `command`. Throws Stop, code 2, with one line that says what is allowed. */
export function optionsOf(command: Command, args: readonly string[]): object {
  command
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
    .allowExcessArguments(false);
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) throw stopOf(error, command);
    throw error;
  }
  return command.opts();
}

function stopOf(error: CommanderError, command: Command): Stop {
  if (error.code === "commander.helpDisplayed") return new Stop(command.helpInformation(), 0);
  const allowed =
    error.code === "commander.unknownOption"
      ? `; options are ${command.options.map(({ long }) => long).join(", ")}`
      : "";
  return new Stop(`${error.message.replaceAll("\n", " ")}${allowed}`, 2);
}

export function listOf(allowed: readonly string[]): (text: string) => string[] {
  return (text) => {
    const names = text.split(",");
    for (const name of names) {
      if (!allowed.includes(name)) throw new InvalidArgumentError(`Found ${name}; allowed are ${allowed.join(", ")}.`);
    }
    return names;
  };
}

export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`Allowed is a whole number from ${low} to ${high}.`);
  };
}

/** What a program prints to. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** What is running now; each call replaces the one before. */
  progress(text: string): void;
}

/** This process's own. */
export const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  progress: (text) => void (process.stderr.isTTY && process.stderr.write(`\r\u001B[K${text}`)),
};

/** The exit code of `run`, or what it was stopped with, printed. */
export async function exitCodeOf(run: () => Promise<number>, to: Terminal): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const text = `${error.message.trimEnd()}\n`;
    if (error.exitCode === 0) to.out(text);
    else to.err(text);
    return error.exitCode;
  }
}
