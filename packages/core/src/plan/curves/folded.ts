/**
 * `cellOf` and `exp2` of the recipe, bit for bit, with constants of this module alone: the engine reads those that a module
 * exports again at every use, which makes up two thirds of the time.
 */
import { EXP2, POWERS, ROOTS, ROUNDER, SIXTY_FOURTHS } from "../recipe.ts";

const rounder = ROUNDER;
const sixtyFourths = SIXTY_FOURTHS;
const roots = ROOTS;
const powers = POWERS;
const [first, second, third, fourth] = EXP2;

/** The cell of a position, from 0 on. */
export function cellOf(position: number): number {
  return (position + rounder - rounder) | 0;
}

/** 2^t for |t| <= MOST_LOG2. */
export function exp2(t: number): number {
  const rounded = t + sixtyFourths - sixtyFourths;
  const f = t - rounded;
  const k = (rounded * 64) | 0;
  const root = roots[k & 63] * powers[(k >> 6) + 1023];
  const q = (fourth * f + third) * (f * f) + (second * f + first);
  return root * (q * f) + root;
}
