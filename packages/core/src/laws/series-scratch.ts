/** The most coefficients that anyone asks for. */
const MOST_TERMS = 32;

/** Room for the series that an elasticity is made of, and those of its components. Not its own: a plan may have ten thousand. */
export class SeriesScratch {
  readonly first = new Float64Array(MOST_TERMS);
  readonly second = new Float64Array(MOST_TERMS);
  readonly third = new Float64Array(MOST_TERMS);
  readonly fourth = new Float64Array(MOST_TERMS);
  readonly #parts: SeriesScratch[] = [];

  part(i: number): SeriesScratch {
    return (this.#parts[i] ??= new SeriesScratch());
  }
}
