export { LossmillError } from "@lossmill/core";
export type {
  ErrorCode,
  Fault,
  Figure,
  Policy,
  Portfolio,
  QuantileFigures,
  SamplingChoice,
  SamplingMethod,
  SimulationConfig,
  TrialLosses,
} from "@lossmill/core";
export type { PolicyFigures } from "./by-policy.ts";
export { type ExactResult, type ExactResultFigure, exact } from "./exact-result.ts";
export { simulate, simulateStream } from "./simulate.ts";
export type { SimulateOptions, SimulationResult, StreamSimulateOptions } from "./simulation.ts";
