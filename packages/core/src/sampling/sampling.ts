/**
 * How more is made of each trial (docs/sampling.md). A method changes the plan and its uniforms, and nothing else, so that it
 * works on every backend: `sampler.ts` is what a kernel hands its uniforms to.
 */
export type Sampling =
  | Antithetic
  | Stratified
  | Sobol
  /** The largest claims come more often, and trials are weighted for it. */
  | Importance
  /** Totals whose means are known are kept beside the losses. */
  | Controlled
  /** The largest claim of each trial is integrated out. */
  | Conditional;

/** Trials come in pairs; the second of them has the uniforms of the first, mirrored. */
export interface Antithetic {
  readonly method: "antithetic";
}

/** 128 trials after each other share out the strata of each of their uniforms: Latin hypercubes. */
export interface Stratified {
  readonly method: "stratified";
}

/** Uniforms are the coordinates of scrambled Sobol points. */
export interface Sobol {
  readonly method: "sobol";
  /** Sequences that are scrambled independently: block b belongs to b mod `replicates`. */
  readonly replicates: number;
}

export interface Importance {
  readonly method: "importance";
  /**
   * How many times more often than by the plan's laws a claim comes in a trial of odd number, by how large it is: at least 1,
   * ascending, the first 1. Trials of even number are as they were. `Line.tilt` says where each begins.
   */
  readonly ratios: readonly number[];
  /** The level whose tail they are for, where they were found for one: with it a run is asked for again. */
  readonly level?: number;
}

export interface Controlled {
  readonly method: "control";
}

export interface Conditional {
  readonly method: "conditional";
}

export type SamplingMethod = Sampling["method"];

export const SAMPLING_METHODS = [
  "antithetic",
  "stratified",
  "sobol",
  "importance",
  "control",
  "conditional",
] as const satisfies readonly SamplingMethod[];

/** What a user may ask for. */
export const SAMPLING_CHOICES = ["plain", ...SAMPLING_METHODS, "auto"] as const;

export type SamplingChoice = (typeof SAMPLING_CHOICES)[number];

/** What of a line is driven: the count of each trial, and its first `claims` claims. */
export interface Driven {
  readonly claims: number;
  /** Sobol: the dimension, from 0, of the first copy's count; its claims' come next, then those of the next copy. */
  readonly dimension: number;
}
