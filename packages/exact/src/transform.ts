import FFT from "fft.js";

/** The transform Σ x[j] e^(−2πi jk / size) of a real sequence, for k = 0 … size / 2; the rest is its mirror image. */
export interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Twiddle factors and scratch of one size. */
interface Prepared {
  readonly fft: FFT;
  readonly interleaved: Float64Array;
}

/** Sizes are powers of two, so these are few; the largest takes 32 MB. */
const prepared = new Map<number, Prepared>();

function prepare(size: number): Prepared {
  const known = prepared.get(size);
  if (known !== undefined) return known;
  const made = { fft: new FFT(size), interleaved: new Float64Array(2 * size) };
  prepared.set(size, made);
  return made;
}

/** The spectrum of `values`, whose length is a power of two from 2 on. */
export function spectrumOf(values: Float64Array, out: Spectrum): void {
  const { fft, interleaved } = prepare(values.length);
  fft.realTransform(interleaved, values);
  for (let k = 0; k < out.re.length; k++) {
    out.re[k] = interleaved[2 * k];
    out.im[k] = interleaved[2 * k + 1];
  }
}

export function emptySpectrum(size: number): Spectrum {
  return { re: new Float64Array(size / 2 + 1), im: new Float64Array(size / 2 + 1) };
}

/**
 * The real sequence with this spectrum, by one forward transform: with y[k] = re + im, mirrored with im negated, the
 * transform Y of the real sequence y gives x[j] = (Re Y[j] + Im Y[j]) / size (a Hartley transform).
 */
export function sequenceOf({ re, im }: Spectrum): Float64Array {
  const half = re.length - 1;
  const size = 2 * half;
  const { fft, interleaved } = prepare(size);
  const values = new Float64Array(size);
  values[0] = re[0];
  values[half] = re[half];
  for (let k = 1; k < half; k++) {
    values[k] = re[k] + im[k];
    values[size - k] = re[k] - im[k];
  }
  fft.realTransform(interleaved, values);
  values[0] = interleaved[0] / size;
  values[half] = interleaved[2 * half] / size;
  for (let j = 1; j < half; j++) {
    values[j] = (interleaved[2 * j] + interleaved[2 * j + 1]) / size;
    values[size - j] = (interleaved[2 * j] - interleaved[2 * j + 1]) / size;
  }
  return values;
}
