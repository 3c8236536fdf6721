/** The distance of two uniforms, 2^-53: they are whole multiples of it, as the 53 bits that they are made of. */
export const STEP = 1 / 0x20000000000000;

/** What a uniform of 0 is read as, so that no quantile is asked for at 0: half of the smallest other one. */
export const ZERO_READ_AS = STEP / 2;
