// Writes examples/property-500.csv, the same bytes whenever it runs: node tools/make-example-csv.ts
import { writeFileSync } from "node:fs";

const COLUMNS = [
  "id",
  "copies",
  "frequency",
  "frequency.lambda",
  "frequency.size",
  "frequency.prob",
  "frequency.zeroInflated",
  "severity",
  "severity.meanlog",
  "severity.sdlog",
  "severity.shape",
  "severity.scale",
  "severity.shape1",
  "severity.shape2",
  "severity.values",
  "severity.weights",
  "deductible",
  "deductible_kind",
  "attachment",
  "limit",
  "aggregate_deductible",
  "aggregate_limit",
  "insurer_share",
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string | number>>;

/** Uniforms of mulberry32, whose 32-bit arithmetic is the same everywhere. */
function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const draw = uniforms(2027);
const between = (low: number, high: number, step: number) =>
  Number((Math.round((low + draw() * (high - low)) / step) * step).toFixed(6));
const oneOf = <T>(items: readonly T[]): T => items[Math.floor(draw() * items.length)];

const frequencies: readonly (() => Row)[] = [
  () => ({ frequency: "poisson", "frequency.lambda": between(0.02, 0.4, 0.005) }),
  () => ({
    frequency: "poisson",
    "frequency.lambda": between(0.05, 0.6, 0.01),
    "frequency.zeroInflated": between(0.1, 0.5, 0.05),
  }),
  () => ({
    frequency: "negativeBinomial",
    "frequency.size": between(0.5, 4, 0.25),
    "frequency.prob": between(0.75, 0.97, 0.01),
  }),
  () => ({ frequency: "binomial", "frequency.size": between(1, 12, 1), "frequency.prob": between(0.005, 0.06, 0.005) }),
  () => ({ frequency: "geometric", "frequency.prob": between(0.8, 0.98, 0.01) }),
];

/** Claims of a building of the given value. */
const severities: readonly ((value: number) => Row)[] = [
  () => ({
    severity: "lognormal",
    "severity.meanlog": between(7.5, 9.5, 0.05),
    "severity.sdlog": between(0.8, 1.6, 0.05),
  }),
  () => ({ severity: "gamma", "severity.shape": between(0.6, 2.5, 0.1), "severity.scale": between(1_000, 8_000, 100) }),
  () => ({
    severity: "pareto",
    "severity.shape": between(1.6, 3.5, 0.1),
    "severity.scale": between(4_000, 30_000, 500),
  }),
  () => ({
    severity: "weibull",
    "severity.shape": between(0.6, 1.4, 0.05),
    "severity.scale": between(2_000, 12_000, 100),
  }),
  (value) => ({
    severity: "beta",
    "severity.shape1": between(0.4, 1, 0.05),
    "severity.shape2": between(4, 12, 0.5),
    "severity.scale": value,
  }),
  (value) => ({
    severity: "empirical",
    "severity.values": `1200;3500;9000;26000;${value / 4};${value}`,
    "severity.weights": "40;30;18;8;3;1",
  }),
];

const terms: readonly ((value: number) => Row)[] = [
  (value) => ({ deductible: oneOf([250, 500, 1_000]), limit: value }),
  (value) => ({ deductible: oneOf([500, 1_000, 2_500]), deductible_kind: "franchise", limit: value }),
  (value) => ({ deductible: 1_000, limit: value, aggregate_limit: 2 * value }),
  (value) => ({ limit: value, aggregate_deductible: oneOf([1_000, 2_000, 5_000]) }),
  (value) => ({ attachment: value / 10, limit: value / 2, insurer_share: oneOf([0.25, 0.5, 0.75]) }),
  () => ({ deductible: 500, insurer_share: 0.9 }),
];

const KINDS = ["house", "flat", "shop", "office", "hotel", "workshop", "school", "farm"];

function row(number: number): string {
  const value = between(150_000, 2_500_000, 10_000);
  const cells: Row = {
    id: `${oneOf(KINDS)}-${String(number).padStart(4, "0")}`,
    ...(draw() < 0.2 ? { copies: between(2, 40, 1) } : {}),
    ...oneOf(frequencies)(),
    ...oneOf(severities)(value),
    ...oneOf(terms)(value),
  };
  return COLUMNS.map((column) => cells[column] ?? "").join(",");
}

/** The text of the file: a header and 500 rows. */
export function exampleCsv(): string {
  return `${[COLUMNS.join(","), ...Array.from({ length: 500 }, (_, i) => row(i + 1))].join("\n")}\n`;
}

if (import.meta.main) writeFileSync(new URL("../examples/property-500.csv", import.meta.url), exampleCsv());
