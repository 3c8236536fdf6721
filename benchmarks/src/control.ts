import { Worker } from "node:worker_threads";

/** Threads that only do arithmetic: what the machine itself gains by another core. */
export interface Control extends AsyncDisposable {
  /** Seconds in which the first `count` threads do `steps` between them. */
  readonly run: (count: number, steps: number) => Promise<number>;
}

export function openControl(most: number): Control {
  const threads = Array.from({ length: most }, () => new Worker(new URL("arithmetic.ts", import.meta.url)));
  return {
    async run(count, steps) {
      const begun = performance.now();
      await Promise.all(
        threads.slice(0, count).map((thread) => {
          thread.postMessage(Math.round(steps / count));
          return new Promise((resolve) => thread.once("message", resolve));
        }),
      );
      return (performance.now() - begun) / 1000;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}
