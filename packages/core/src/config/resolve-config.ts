import { type Fault, LossmillError } from "../errors.ts";
import { drawSeed } from "../random/seed-sequence.ts";
import { PRESETS } from "./presets.ts";
import { SETTINGS, type SimulationConfig } from "./settings.ts";

type Key = keyof SimulationConfig;

/** Every setting with a value, and where each value comes from (shown at `-v 2`). */
export interface ResolvedConfig extends Required<Omit<SimulationConfig, "horizon">> {
  readonly horizon: number | undefined;
  readonly sources: Readonly<Record<Key, string>>;
}

const DEFAULTS = {
  preset: "standard",
  generator: "pcg64",
  backend: "auto",
  kernel: "auto",
  useWasm: true,
  workers: "auto",
  batchTrials: "auto",
  memoryLimit: 0.8,
  optimizationLevel: 3,
  sampling: "plain",
  samplingLevel: 0.995,
  tuning: "auto",
  verbose: 1,
} as const satisfies SimulationConfig;

/** The environment variable of a setting: batchTrials is LOSSMILL_BATCH_TRIALS. */
export function environmentName(key: string): string {
  return `LOSSMILL_${key.replaceAll(/[A-Z]/g, "_$&").toUpperCase()}`;
}

/**
 * Resolves a configuration: arguments before `LOSSMILL_*` environment variables before the preset before defaults.
 * Throws BAD_CONFIGURATION with every setting that is unknown or not allowed, named as the user wrote it.
 */
export function resolveConfig(
  given: SimulationConfig = {},
  environment: Readonly<Record<string, string | undefined>> = {},
): ResolvedConfig {
  const faults: Fault[] = [];
  const values: Partial<Record<Key, unknown>> = {};
  const sources = {} as Record<Key, string>;
  const set = (key: Key, value: unknown, source: string): void => {
    values[key] = value;
    sources[key] = source;
  };

  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(SETTINGS, key)) faults.push({ place: key, message: `unknown; known are ${keys().join(", ")}` });
  }
  for (const name of Object.keys(environment)) {
    if (!name.startsWith("LOSSMILL_") || keys().some((key) => environmentName(key) === name)) continue;
    faults.push({ place: name, message: `unknown; known are ${keys().map(environmentName).join(", ")}` });
  }
  for (const key of keys()) {
    const argument = given[key];
    const variable = environmentName(key);
    const fromEnvironment = environment[variable];
    if (argument !== undefined) read(key, argument, key, "argument");
    else if (fromEnvironment !== undefined && fromEnvironment !== "") read(key, fromEnvironment, variable, variable);
    else if (key in DEFAULTS) set(key, DEFAULTS[key as keyof typeof DEFAULTS], "default");
  }
  if (faults.length > 0) throw new LossmillError("BAD_CONFIGURATION", faults);

  const preset = values.preset as keyof typeof PRESETS;
  if (values.trials === undefined) set("trials", PRESETS[preset].trials, `preset ${preset}`);
  if (values.seed === undefined) set("seed", drawSeed(), "drawn");
  if (values.horizon === undefined) sources.horizon = "trials";
  return { ...(values as unknown as ResolvedConfig), horizon: values.horizon as number | undefined, sources };

  function read(key: Key, found: unknown, place: string, source: string): void {
    try {
      const value = SETTINGS[key].parse(found);
      if (value !== undefined) return set(key, value, source);
    } catch (error) {
      if (!(error instanceof LossmillError)) throw error;
    }
    faults.push({ place, message: `expected ${SETTINGS[key].allowed}, found ${show(found)}` });
  }
}

function keys(): Key[] {
  return Object.keys(SETTINGS) as Key[];
}

/** A printable account of what was found, at most 60 characters long. */
function show(found: unknown): string {
  const text = JSON.stringify(found) ?? String(found);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
