import { OPTIMIZATION_LEVELS, type OptimizationLevel } from "../plan/plan.ts";
import { SAMPLING_CHOICES, type SamplingChoice } from "../sampling/sampling.ts";
import { GENERATORS, type GeneratorName } from "../random/generator.ts";
import { parseSeed } from "../random/seed-sequence.ts";
import { PRESET_NAMES, type PresetName } from "./presets.ts";

/** What a user may set. Everything has a default; see docs/configuration.md. */
export interface SimulationConfig {
  /** How many years to simulate. */
  readonly trials?: number;
  /** A decimal string below 2^128; drawn at random, and reported, if not given. */
  readonly seed?: string;
  /** What makes the seed's uniforms: NumPy's PCG64, or its SFC64, which is quicker (docs/numerics.md). Part of the plan. */
  readonly generator?: GeneratorName;
  /** `auto` or the name of a backend. */
  readonly backend?: string;
  /** `auto` or the name of the kernel that backends `auto` and `workers` run. */
  readonly kernel?: string;
  /** False: `auto` chooses no backend in WebAssembly, and naming one is an error. */
  readonly useWasm?: boolean;
  /** Threads: `auto` or a whole number. */
  readonly workers?: "auto" | number;
  /** Trials between two turns of the event loop, or taken by a thread at once: `auto` or a whole number. Never changes an answer. */
  readonly batchTrials?: "auto" | number;
  /** Above 1 bytes, up to 1 a share of the memory that the process may use. As text it may have a unit: 512MB, 2GiB. */
  readonly memoryLimit?: number;
  /** How far the plan is rewritten: 0, the definition, to 3 (docs/planner.md). */
  readonly optimizationLevel?: OptimizationLevel;
  /** How more is made of each trial: plain, a method, or `auto` (docs/sampling.md). */
  readonly sampling?: SamplingChoice;
  /** The level whose tail importance sampling is for: a probability, as text also in per cent. */
  readonly samplingLevel?: number;
  /** Trials that numerical tables are chosen for; by default `trials`. Part of the plan. */
  readonly horizon?: number;
  /** The costs that `auto` goes by: `auto`, those measured on this machine by `lossmill tune`; `none`; or a file. Never changes an answer. */
  readonly tuning?: string;
  /** 0 silent, 1 progress, 2 what was chosen and why, 3 also each block. */
  readonly verbose?: 0 | 1 | 2 | 3;
  readonly preset?: PresetName;
}

/** Reads one setting from a typed value or from its text (an option, an environment variable). */
export interface Setting<T> {
  /** Undefined where `found` is not allowed. */
  parse(found: unknown): T | undefined;
  /** What is allowed, for the error. */
  readonly allowed: string;
}

const whole = (least: number, most: number, hint = ""): Setting<number> => ({
  allowed: `a whole number from ${least} to ${most}${hint}`,
  parse(found) {
    const value = typeof found === "string" && /^\d+(\.\d+)?(e\d+)?$/i.test(found) ? Number(found) : found;
    return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most ? value : undefined;
  },
});

const autoOr = (setting: Setting<number>): Setting<"auto" | number> => ({
  allowed: `auto or ${setting.allowed}`,
  parse: (found) => (found === "auto" ? "auto" : setting.parse(found)),
});

const oneOf = <T extends string>(names: readonly T[]): Setting<T> => ({
  allowed: names.join(", "),
  parse: (found) => names.find((name) => name === found),
});

const oneOfNumbers = <const T extends number>(numbers: readonly T[]): Setting<T> => ({
  allowed: `${numbers.slice(0, -1).join(", ")} or ${numbers.at(-1)}`,
  parse: (found) => numbers.find((number) => number === found || String(number) === found),
});

const seed: Setting<string> = {
  allowed: "a decimal whole number from 0 to 2^128 - 1, as text",
  parse(found) {
    if (typeof found !== "string") return undefined;
    parseSeed(found);
    return found;
  },
};

const text: Setting<string> = {
  allowed: "a name",
  parse: (found) => (typeof found === "string" && found !== "" ? found : undefined),
};

const truth: Setting<boolean> = {
  allowed: "true or false",
  parse: (found) => [true, false].find((value) => found === value || found === String(value)),
};

const UNITS: Record<string, number> = { "": 1, k: 1e3, m: 1e6, g: 1e9, ki: 1024, mi: 1_048_576, gi: 1_073_741_824 };

const memory: Setting<number> = {
  allowed: "a share of the available memory above 0 and up to 1, or bytes such as 512MB or 2GiB",
  parse(found) {
    const match = typeof found === "string" ? /^(\d+(?:\.\d+)?)\s*(?:([kmg]i?)?b)?$/i.exec(found) : null;
    const value = match ? Number(match[1]) * UNITS[(match[2] ?? "").toLowerCase()] : found;
    return typeof value === "number" && value > 0 && Number.isFinite(value) ? value : undefined;
  },
};

const level: Setting<number> = {
  allowed: "a probability between 0 and 1, or in per cent such as 99.5",
  parse(found) {
    const digits = typeof found === "string" ? /^(\d+(?:\.\d+)?)%?$/.exec(found.trim())?.[1] : undefined;
    // By its digits: a division would round once more.
    const p = digits === undefined || Number(digits) < 1 ? Number(digits ?? found) : Number(`${digits}e-2`);
    return typeof found !== "boolean" && p > 0 && p < 1 ? p : undefined;
  },
};

const MOST_TRIALS = 17_592_186_044_416; // 2^32 blocks of 4,096

/** Every setting that there is, with what it allows. */
export const SETTINGS: { readonly [K in keyof Required<SimulationConfig>]: Setting<Required<SimulationConfig>[K]> } = {
  trials: whole(1, MOST_TRIALS),
  seed,
  generator: oneOf(GENERATORS),
  backend: text,
  kernel: text,
  useWasm: truth,
  workers: autoOr(whole(1, 1024)),
  batchTrials: autoOr(whole(1, MOST_TRIALS)),
  memoryLimit: memory,
  optimizationLevel: oneOfNumbers(OPTIMIZATION_LEVELS),
  sampling: oneOf(SAMPLING_CHOICES),
  samplingLevel: level,
  horizon: whole(1, MOST_TRIALS),
  tuning: { ...text, allowed: "auto, none or the name of a file" },
  verbose: oneOfNumbers([0, 1, 2, 3]),
  preset: oneOf(PRESET_NAMES),
};
