/** Keeps the worst of many errors and prints it, so that a tolerance can be seen to have a reason. */
export function worstCase(what: string) {
  let worst = 0;
  let where = "none";
  return {
    add: (error: number, place: string): void => {
      if (error <= worst) return;
      worst = error;
      where = place;
    },
    print: (): number => {
      console.log(`${what}: worst ${worst.toExponential(2)} (${where})`);
      return worst;
    },
  };
}

export function relativeError(value: number | null, truth: number): number {
  return value === truth ? 0 : Math.abs((value ?? NaN) - truth) / Math.abs(truth);
}
