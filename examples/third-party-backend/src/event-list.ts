/** What happened in a block, in the order in which it was found: columns that grow, and are used again. */
export interface EventList {
  readonly length: number;
  clear(): void;
  /** An event of trial `trial`: what it adds to the year's total, and the payment for a claim, `NO_CLAIM` where it is none. */
  add(trial: number, annual: number, payment: number): void;
  /**
   * Writes each trial's sum of annual amounts, largest payment and number of payments. Sums are compensated (Neumaier
   * 1974), so that they hardly depend on the order of events: the error is a few units of the last digit, however many.
   */
  fold(total: Float64Array, largest: Float64Array, payments: Float64Array): void;
}

/** The payment of an event that is no claim: what a year's terms leave. A claim may be paid and leave 0 to the insurer. */
export const NO_CLAIM = -1;

/** An empty list for `trials` trials. */
export function eventList(trials: number): EventList {
  let room = 4096;
  let length = 0;
  let trialOf = new Uint16Array(room);
  let annualOf = new Float64Array(room);
  let paymentOf = new Float64Array(room);
  const lost = new Float64Array(trials);

  function grow(): void {
    room *= 2;
    const [t, a, p] = [trialOf, annualOf, paymentOf];
    (trialOf = new Uint16Array(room)).set(t);
    (annualOf = new Float64Array(room)).set(a);
    (paymentOf = new Float64Array(room)).set(p);
  }

  return {
    get length() {
      return length;
    },
    clear() {
      length = 0;
    },
    add(trial, annual, payment) {
      if (length === room) grow();
      trialOf[length] = trial;
      annualOf[length] = annual;
      paymentOf[length++] = payment;
    },
    fold(total, largest, payments) {
      total.fill(0);
      largest.fill(0);
      payments.fill(0);
      lost.fill(0);
      for (let e = 0; e < length; e++) {
        const t = trialOf[e];
        const x = annualOf[e];
        const before = total[t];
        const sum = before + x;
        // What the addition has rounded away; amounts are never negative.
        lost[t] += before >= x ? before - sum + x : x - sum + before;
        total[t] = sum;
        const paid = paymentOf[e];
        if (paid === NO_CLAIM) continue;
        payments[t]++;
        if (paid > largest[t]) largest[t] = paid;
      }
      for (let t = 0; t < trials; t++) total[t] += lost[t];
    },
  };
}
