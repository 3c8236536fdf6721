/** Wakes one who waits for something to happen; what has happened is for them to look up. */
export interface Bell {
  readonly ring: () => void;
  /** Resolves at the next ring. */
  readonly next: () => Promise<void>;
}

export function bell(): Bell {
  let { promise, resolve } = pending();
  return {
    ring() {
      resolve();
      ({ promise, resolve } = pending());
    },
    next: () => promise,
  };
}

function pending(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}
