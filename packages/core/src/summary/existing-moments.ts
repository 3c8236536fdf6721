/** Which moments of the annual loss are finite in the model; a sample cannot tell. */
export interface ExistingMoments {
  readonly mean: boolean;
  readonly variance: boolean;
  readonly fourthMoment: boolean;
}

/** Why a figure is not known. */
export const INFINITE_MEAN = "the mean is infinite";
export const INFINITE_VARIANCE = "the variance is infinite";
