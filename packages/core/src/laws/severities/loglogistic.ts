import { defineLaw, positive } from "../define-law.ts";
import { burrSeverity } from "./burr.ts";
import { shapeParameter } from "./numerics/parameters.ts";

/**
 * The loglogistic (Fisk) law: P(X > x) = 1 / (1 + (x / scale)^shape), x > 0; the Burr law with shape1 = 1.
 *
 * Source: Klugman, Panjer and Willmot, Loss models, A.2.3.3; actuar's llogis. The mean is infinite for shape <= 1, the
 * variance for shape <= 2. Breaks nowhere.
 */
export const loglogistic = defineLaw(
  "loglogistic",
  { shape: shapeParameter(), scale: positive() },
  ({ shape, scale }) => burrSeverity(1, shape, scale),
);
