/** The functions of which every bit is fixed, for the other packages: use these and not `Math`'s. */
export { exp, expm1 } from "./exp.ts";
export { log, log1p } from "./log.ts";
export { atan2, cos, sin } from "./trigonometric.ts";
export { largestOf, sumOf } from "./fold.ts";
