import { z } from "zod";

/**
 * A shape parameter: between a millionth and a thousand million. Far beyond what data ever asked for, the formulas
 * leave the range of doubles or take time that grows with the shape.
 */
export const shapeParameter = () => z.number().min(1e-6).max(1e9);
