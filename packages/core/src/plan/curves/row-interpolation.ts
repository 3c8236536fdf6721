import { ROW } from "../compiled-plan.ts";
import { interpolation } from "./chebyshev.ts";

/** Through as many values as a row has coefficients. */
export const ROW_INTERPOLATION = interpolation(ROW);
