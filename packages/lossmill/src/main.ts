import { LossmillError, PRESET_NAMES, SAMPLING_CHOICES, type ResolvedConfig, resolveConfig } from "@lossmill/core";
import { Command, CommanderError } from "commander";
import { BAD_INPUT, FAILED, INTERRUPTED } from "./exit-codes.ts";
import { parseLevels } from "./levels.ts";
import { printable } from "./print/printable.ts";
import { version } from "./version.ts";

/**
 * Runs the command line and returns its exit code: 0, or one of exit-codes.ts. A command is loaded when it is called: what
 * only `verify` needs would double the start of all others.
 */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = commandLine((code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    return report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_INPUT;
  if (error instanceof LossmillError) {
    process.stderr.write(`lossmill: ${printable(error.message)}\n`);
    if (error.code === "STOPPED") return INTERRUPTED;
    return error.code === "WORKER_FAILED" ? FAILED : BAD_INPUT;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`lossmill: a defect of the program, please report it:\n${detail}\n`);
  return FAILED;
}

type Options = Record<string, string | boolean | undefined>;

function commandLine(done: (exitCode: number) => void): Command {
  const program = new Command("lossmill")
    .description("Simulates the annual losses of insurance books, with error bars.")
    .version(version(), "-V, --version")
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(`lossmill: ${printable(text.trim().replace(/^error: /, ""))}\n`),
    })
    .showHelpAfterError(false)
    .enablePositionalOptions();

  planOptions(program.command("simulate"))
    .description("simulate a book and print its annual loss distribution")
    .option("--backend <name>", "auto, wasm, vectorized, naive; workers: on all cores; streaming: in constant memory")
    .option("--kernel <name>", "what auto, workers and streaming run: auto, wasm, vectorized, naive")
    .option("--use-wasm <bool>", "false: auto chooses no backend in WebAssembly")
    .option("--workers <n>", "threads: auto or a whole number")
    .option("--batch-trials <n>", "years between two looks at Ctrl-C, or that a thread takes at once")
    .option("--tuning <file>", "costs that auto goes by: auto, those of lossmill tune; none; or a file")
    .option("--memory-limit <m>", "bytes (512MB, 2GiB) or a share of what is available (0.8)")
    .option("--sampling <method>", SAMPLING_CHOICES.join(", "))
    .option("--sampling-level <p>", "the level whose tail importance sampling is for: 99.5")
    .option("--at <levels>", "levels to report, in per cent: 90,99,99.5")
    .option("--json", "print one JSON object instead of a table")
    .option("--log <form>", "how -v tells how the run goes: text, or json for a collector of logs")
    .option("--losses <file>", "write every year's loss to a .csv, .arrow or .parquet file")
    .option("--by <what>", "policy: also what each policy loses")
    .option("--until <rule>", 'stop at a precision, "tvar99 < 1% and mean < 0.1%", or after a time, 30s')
    .option("--checkpoint <file>", "save the run, and its losses file, as it goes, for lossmill resume")
    .option("--checkpoint-seconds <n>", "how often: by default every 10 seconds")
    .option("-v, --verbose <n>", "0 silent, 1 progress, 2 choices, times and convergence, 3 every block")
    .action(async (file: string, options: Options) => {
      const config = configOf(options);
      const { losses, until } = options as { readonly losses?: string; readonly until?: string };
      const checkpoint = checkpointOf(options);
      const { simulateCommand } = await import("./commands/simulate-command.ts");
      const asked = { at: levelsOf(options), byPolicy: isByPolicy(options), losses, until, checkpoint };
      done(await simulateCommand(file, { config, ...asked, ...printingOf(options) }));
    });

  program
    .command("resume")
    .description("go on with a run that was saved by --checkpoint: the same figures and losses file, to the last bit")
    .argument("<file>", "the checkpoint")
    .option("--backend <name>", "auto, wasm, vectorized, naive, workers or streaming")
    .option("--kernel <name>", "what auto, workers and streaming run: auto, wasm, vectorized, naive")
    .option("--use-wasm <bool>", "false: auto chooses no backend in WebAssembly")
    .option("--workers <n>", "threads: auto or a whole number")
    .option("--tuning <file>", "costs that auto goes by: auto, those of lossmill tune; none; or a file")
    .option("--memory-limit <m>", "bytes (512MB, 2GiB) or a share of what is available (0.8)")
    .option("--checkpoint-seconds <n>", "how often it is saved: by default every 10 seconds")
    .option("--json", "print one JSON object instead of a table")
    .option("--log <form>", "how -v tells how the run goes: text, or json for a collector of logs")
    .option("-v, --verbose <n>", "0 silent, 1 progress, 2 choices and times, 3 every block")
    .action(async (file: string, options: Options) => {
      const config = configOf(options);
      const seconds = secondsOf(options);
      const { resumeCommand } = await import("./commands/resume-command.ts");
      done(await resumeCommand(file, config, { ...printingOf(options), seconds }));
    });

  planOptions(program.command("plan"))
    .description("explain what will be simulated, how it was rewritten, by what and what it costs")
    .option("--backend <name>", "auto, wasm, vectorized, naive, workers or streaming")
    .option("--kernel <name>", "what auto, workers and streaming run: auto, wasm, vectorized, naive")
    .option("--use-wasm <bool>", "false: auto chooses no backend in WebAssembly")
    .option("--workers <n>", "threads: auto or a whole number")
    .option("--tuning <file>", "costs that auto goes by: auto, those of lossmill tune; none; or a file")
    .option("--sampling <method>", SAMPLING_CHOICES.join(", "))
    .option("--sampling-level <p>", "the level whose tail importance sampling is for: 99.5")
    .option("--json", "print one JSON object")
    .action(async (file: string, options: Options) => {
      const config = configOf(options);
      const { planCommand } = await import("./commands/plan-command.ts");
      done(await planCommand(file, config, options["json"] === true));
    });

  planOptions(program.command("verify"))
    .description("hold every backend, at every level, against the exact answer and each other")
    .option("--backend <name>", "one backend, held against naive: wasm, vectorized, workers; by default all kernels")
    .option("--kernel <name>", "what workers run: auto, wasm, vectorized, naive")
    .option("--workers <n>", "threads of backend workers: auto or a whole number")
    .option("--use-wasm <bool>", "false: leave out the backend in WebAssembly")
    .option("--memory-limit <m>", "bytes (512MB, 2GiB) or a share of what is available (0.8)")
    .option("--at <levels>", "levels to judge, in per cent: 90,99,99.5")
    .option("--json", "print the certificate as one JSON object")
    .option("-v, --verbose <n>", "0 silent, 1 each run on a terminal, 2 each run")
    .action(async (file: string, options: Options) => {
      const config = configOf(options);
      const { verifyCommand } = await import("./commands/verify-command.ts");
      done(await verifyCommand(file, { config, at: levelsOf(options), json: options["json"] === true }));
    });

  planOptions(program.command("profile"))
    .description("say where a run's time goes: stages, functions, lines of source")
    .option("--backend <name>", "auto, wasm, vectorized, naive")
    .option("--use-wasm <bool>", "false: auto chooses no backend in WebAssembly")
    .option("--memory-limit <m>", "bytes (512MB, 2GiB) or a share of what is available (0.8)")
    .option("--out <folder>", "write the profile there, for speedscope and the developer tools of browsers")
    .option("--json", "print one JSON object instead of tables")
    .action(async (file: string, options: Options) => {
      const config = configOf(options);
      const { out, json } = options as { readonly out?: string; readonly json?: boolean };
      const { profileCommand } = await import("./commands/profile-command.ts");
      done(await profileCommand(file, { config, out, json: json === true }));
    });

  planOptions(program.command("compare-sampling"))
    .description("say what each way of sampling is worth for a book, at equal time")
    .option("--backend <name>", "auto, wasm, vectorized, naive; workers: on all cores")
    .option("--kernel <name>", "what auto and workers run: auto, wasm, vectorized, naive")
    .option("--use-wasm <bool>", "false: auto chooses no backend in WebAssembly")
    .option("--workers <n>", "threads: auto or a whole number")
    .option("--memory-limit <m>", "bytes (512MB, 2GiB) or a share of what is available (0.8)")
    .option("--sampling-level <p>", "the level whose tail importance sampling is for: 99.5")
    .option("--at <levels>", "levels to compare, in per cent: 90,99,99.5")
    .option("--rounds <n>", "how often each runs", "3")
    .option("--json", "print one JSON object instead of a table")
    .action(async (file: string, options: Options) => {
      const config = configOf(options);
      const { compareSamplingCommand } = await import("./commands/compare-sampling-command.ts");
      const asked = { at: levelsOf(options), rounds: roundsOf(options), json: options["json"] === true };
      done(await compareSamplingCommand(file, { config, ...asked }));
    });

  program
    .command("tune")
    .description("measure this machine by short runs, so that auto chooses by what they cost here")
    .option("--rounds <n>", "how often everything is measured", "3")
    .option("--out <file>", "where the costs go; by default where auto looks for them")
    .option("--json", "print one JSON object instead of a table")
    .action(async (options: Options) => {
      resolveConfig({}, process.env);
      const rounds = roundsOf(options);
      const { tuneCommand } = await import("./commands/tune-command.ts");
      const { out } = options as { readonly out?: string };
      done(await tuneCommand({ rounds, out, json: options["json"] === true }));
    });

  program
    .command("exact")
    .description("compute the annual loss distribution without random numbers")
    .argument("<file>", "a book: .yaml, .json or .csv")
    .option("--at <levels>", "levels to report, in per cent: 90,99,99.5")
    .option("--json", "print one JSON object instead of a table")
    .action(async (file: string, options: Options) => {
      // Has no settings of its own, but tells a variable that is wrong as every command does.
      resolveConfig({}, process.env);
      const { exactCommand } = await import("./commands/exact-command.ts");
      done(await exactCommand(file, levelsOf(options), options["json"] === true));
    });
  return program;
}

function isByPolicy({ by }: Options): boolean {
  if (by !== undefined && by !== "policy") refuse("--by", `expected policy, found ${JSON.stringify(by)}`);
  return by === "policy";
}

function printingOf({ json, log = "text" }: Options): { readonly json: boolean; readonly logsJson: boolean } {
  if (log !== "text" && log !== "json") refuse("--log", `expected text or json, found ${JSON.stringify(log)}`);
  return { json: json === true, logsJson: log === "json" };
}

const CHECKPOINT_SECONDS = 10;

function checkpointOf(options: Options): { readonly path: string; readonly seconds: number } | undefined {
  const { checkpoint } = options;
  return typeof checkpoint === "string" ? { path: checkpoint, seconds: secondsOf(options) } : undefined;
}

const MOST_ROUNDS = 100;

function roundsOf({ rounds: given }: Options): number {
  const rounds = typeof given === "string" && /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (!(rounds >= 1 && rounds <= MOST_ROUNDS)) {
    refuse("--rounds", `expected a whole number from 1 to ${MOST_ROUNDS}, found ${JSON.stringify(given)}`);
  }
  return rounds;
}

function secondsOf({ checkpointSeconds: given }: Options): number {
  if (given === undefined) return CHECKPOINT_SECONDS;
  const seconds = Number(given);
  if (given === "" || !(seconds >= 0 && seconds < Infinity)) {
    refuse("--checkpoint-seconds", `expected a number from 0 on, found ${JSON.stringify(given)}`);
  }
  return seconds;
}

function refuse(place: string, message: string): never {
  throw new LossmillError("BAD_CONFIGURATION", { place, message });
}

function levelsOf({ at }: Options): number[] | undefined {
  return typeof at === "string" ? parseLevels(at) : undefined;
}

/** The options that make a plan. */
function planOptions(command: Command): Command {
  return command
    .argument("<file>", "a book: .yaml, .json or .csv")
    .option("--trials <n>", "years to simulate, such as 100000 or 1e6")
    .option("--seed <s>", "a whole number; drawn and printed if not given")
    .option("--generator <name>", "what makes the seed's uniforms: pcg64, or sfc64, which is quicker")
    .option("--preset <name>", PRESET_NAMES.join(", "))
    .option("--optimize <level>", "how far the plan is rewritten: 0, the definition, to 3")
    .option("--horizon <n>", "years that tables are chosen for; by default --trials");
}

/** Options that are named otherwise than their setting. */
const RENAMED: Readonly<Record<string, string>> = { optimize: "optimizationLevel" };
const NOT_SETTINGS = new Set([
  "at",
  "json",
  "losses",
  "until",
  "checkpoint",
  "checkpointSeconds",
  "log",
  "by",
  "out",
  "rounds",
]);

/** The settings that options and environment give. */
function configOf(options: Options): ResolvedConfig {
  const settings = Object.entries(options).filter(([name]) => !NOT_SETTINGS.has(name));
  const given = Object.fromEntries(settings.map(([name, value]) => [RENAMED[name] ?? name, value]));
  return resolveConfig(given, process.env);
}
