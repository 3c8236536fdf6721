import { defineLaw, positive } from "../define-law.ts";
import { burrSeverity } from "./burr.ts";
import { shapeParameter } from "./numerics/parameters.ts";

/**
 * The paralogistic law: P(X > x) = (1 + (x / scale)^shape)^−shape, x > 0; the Burr law with equal shapes.
 *
 * Source: Klugman, Panjer and Willmot, Loss models, A.2.3.4; actuar's paralogis. The mean is infinite for shape <= 1, the
 * variance for shape <= √2. Breaks nowhere.
 */
export const paralogistic = defineLaw(
  "paralogistic",
  { shape: shapeParameter(), scale: positive() },
  ({ shape, scale }) => burrSeverity(shape, shape, scale),
);
