// Books that nobody would write: any law of counts with any law of amounts and any terms. Book `index` is always the same.

/**
 * Steele, Lea & Flood 2014 (SplitMix), 32 bits: numbers in [0, 1). Where a book begins is scattered over the generator's
 * cycle (MurmurHash3's finalizer): begun at multiples of its step, each book would be the next one's, a number later.
 */
function randomFrom(index: number): () => number {
  let state = Math.imul(index + 1, 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  state ^= state >>> 16;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 4_294_967_296;
  };
}

/** The policies of a book, as a portfolio file would have them; every law and term comes by, also the odd ones. */
export function generatedPolicies(index: number): object[] {
  const random = randomFrom(index);
  const between = (low: number, high: number) => low + random() * (high - low);
  const oneOf = <T>(...items: readonly T[]): T => items[Math.floor(random() * items.length)];
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1));
  const perhaps = (share: number, made: () => object): object => (random() < share ? made() : {});

  const counts: readonly (() => object)[] = [
    () => ({ law: "poisson", lambda: oneOf(between(0.001, 0.05), between(0.05, 3), between(3, 40)) }),
    () => ({ law: "negativeBinomial", size: between(0.1, 4), prob: between(0.2, 0.99) }),
    () => ({ law: "binomial", size: whole(0, 9), prob: between(0, 1) }),
    () => ({ law: "geometric", prob: between(0.2, 1) }),
    () => ({ law: "logarithmic", prob: between(0.1, 0.8) }),
    () => ({ law: "poissonInverseGaussian", mean: between(0.05, 3), dispersion: between(0.1, 3) }),
    () => ({ law: "delaporte", lambda: between(0.1, 1), size: between(0.2, 3), prob: between(0.3, 0.9) }),
    () => ({ law: "neymanA", lambda: between(0.1, 2), phi: between(0.1, 2) }),
    () => ({ law: "betaBinomial", size: whole(1, 8), shape1: between(0.5, 4), shape2: between(0.5, 4) }),
    () => ({ law: "mixedPoisson", weights: [1, between(0, 3)], lambdas: [between(0, 0.2), between(0.5, 4)] }),
    () => ({ law: "fixed", n: whole(0, 3) }),
    () => ({ law: "empirical", probabilities: oneOf([0.5, 0.25, 0, 0.25], [0, 1], [0.875, 0.0625, 0.0625]) }),
  ];
  const zero = () =>
    oneOf<() => object>(
      () => ({}),
      () => ({}),
      () => ({}),
      () => ({ zeroInflated: between(0, 0.95) }),
      () => ({ zeroModified: between(0, 0.95) }),
      () => ({ zeroTruncated: true }),
    )();
  const frequency = (): object => {
    const law = oneOf(...counts)() as { readonly law: string; readonly n?: number; readonly size?: number };
    // These have no zero to modify, or nothing but zero.
    const isFixed = law.law === "logarithmic" || law.law === "fixed" || law.size === 0;
    return isFixed ? law : { ...law, ...zero() };
  };

  const smooth: readonly (() => object)[] = [
    () => ({ law: "lognormal", meanlog: between(4, 10), sdlog: between(0.1, 2.5) }),
    () => ({ law: "exponential", scale: between(10, 9000) }),
    () => ({ law: "gamma", shape: oneOf(between(0.05, 1), between(1, 60)), scale: between(10, 4000) }),
    () => ({ law: "inverseGamma", shape: between(1.1, 6), scale: between(100, 9000) }),
    () => ({ law: "weibull", shape: between(0.4, 4), scale: between(100, 9000) }),
    () => ({ law: "inverseWeibull", shape: between(1.1, 6), scale: between(100, 9000) }),
    () => ({ law: "pareto", shape: between(0.8, 6), scale: between(100, 9000) }),
    () => ({ law: "singleParameterPareto", shape: between(0.8, 6), min: between(10, 2000) }),
    () => ({ law: "generalizedPareto", shape: between(0, 0.6), scale: between(10, 4000), location: between(0, 900) }),
    () => ({ law: "burr", shape1: between(0.8, 4), shape2: between(0.8, 4), scale: between(100, 9000) }),
    () => ({ law: "inverseBurr", shape1: between(0.8, 4), shape2: between(1.1, 4), scale: between(100, 9000) }),
    () => ({ law: "loglogistic", shape: between(1.1, 5), scale: between(100, 9000) }),
    () => ({ law: "paralogistic", shape: between(1.1, 4), scale: between(100, 9000) }),
    () => ({ law: "inverseGaussian", mean: between(100, 9000), shape: between(100, 9000) }),
    () => ({ law: "beta", shape1: between(0.4, 5), shape2: between(0.4, 5), scale: between(1000, 9000) }),
    () => ({ law: "uniform", min: between(0, 900), max: between(1000, 9000) }),
    () => ({ law: "triangular", min: between(0, 500), mode: between(500, 2000), max: between(2000, 9000) }),
  ];
  const kinked: readonly (() => object)[] = [
    () => ({ law: "constant", value: oneOf(0, 500, 1000, between(1, 5000)) }),
    () => ({ law: "empirical", values: [between(0, 400), 500, 1000, 9000], weights: [1, between(0, 3), 2, 1] }),
    () => ({ law: "histogram", edges: [0, 100, 500, 2000, 9000], weights: [between(0, 3), 2, 0, 1] }),
    () => ({ law: "truncated", of: oneOf(...smooth)(), upper: between(5000, 90_000) }),
    () => ({ law: "truncated", of: { law: "normal", mean: between(0, 5000), sd: between(500, 3000) }, lower: 0 }),
    () => ({
      law: "truncated",
      of: { law: "student", df: between(2.5, 9), location: between(0, 5000), scale: between(100, 2000) },
      lower: 0,
    }),
    () => ({ law: "mixture", weights: [between(0.1, 1), 1], components: [oneOf(...smooth)(), oneOf(...smooth)()] }),
    () => ({
      law: "mixture",
      weights: [1, between(0.1, 2)],
      components: [{ law: "constant", value: 1000 }, oneOf(...smooth)()],
    }),
    () => ({
      law: "spliced",
      weights: [between(1, 9), 1],
      breaks: [20_000],
      components: [
        { law: "lognormal", meanlog: between(6, 9), sdlog: between(0.5, 1.5) },
        { law: "singleParameterPareto", shape: between(1, 4), min: 20_000 },
      ],
    }),
  ];

  const amount = () => oneOf(0, 500, 1000, between(10, 8000), between(1e4, 1e6));
  const terms = () => ({
    occurrence: {
      ...perhaps(0.6, () => ({ deductible: amount() })),
      ...perhaps(0.2, () => ({ deductibleKind: "franchise" })),
      ...perhaps(0.3, () => ({ attachment: amount() })),
      ...perhaps(0.5, () => ({ limit: amount() })),
    },
    ...perhaps(0.3, () => ({
      aggregate: {
        ...perhaps(0.6, () => ({ deductible: amount() })),
        ...perhaps(0.6, () => ({ limit: amount() })),
      },
    })),
    insurerShare: oneOf(1, 1, 1, 0.5, between(0, 1), 0),
  });

  return Array.from({ length: whole(1, 4) }, (_, i) => ({
    id: `p${i}`,
    copies: oneOf(1, 1, whole(1, 6)),
    frequency: frequency(),
    severity: oneOf(random() < 0.6 ? oneOf(...smooth) : oneOf(...kinked))(),
    ...perhaps(0.85, () => ({ terms: terms() })),
  }));
}
