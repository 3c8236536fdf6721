import type { MessagePort, Worker } from "node:worker_threads";
import type { Job, Refusal } from "./block-loop.ts";

/** Threads that do one job after the other. Two well-kept pools did not serve: docs/decisions/0011-threads.md. */
export interface Threads {
  /** Does a job on an idle thread or a new one. Rejects, with the reason, where the thread ends before the job does. */
  readonly run: (job: Job, transferred: readonly MessagePort[]) => Promise<Refusal | null>;
  /** Ends all threads. */
  readonly close: () => Promise<void>;
}

/** Jobs after which a thread is replaced: it is slow to let go of a plan's memory, which its engine does not count. */
const MOST_JOBS = 50;

/** Room for what is young: once warm a block leaves next to nothing, and the engine's own choice takes 5 MB more a thread. */
const YOUNG = { maxYoungGenerationSizeMb: 4 } as const;

export function openThreads(): Threads {
  const idle: Worker[] = [];
  const jobs = new WeakMap<Worker, number>();
  const all = new Set<Worker>();

  function start(): Worker {
    const thread = new URL(import.meta.resolve("@lossmill/backend-workers/thread"));
    // Most programs that load this start no thread.
    const { Worker } = process.getBuiltinModule("node:worker_threads");
    const worker = new Worker(thread, { resourceLimits: YOUNG });
    all.add(worker);
    worker.once("exit", () => {
      all.delete(worker);
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
    });
    return worker;
  }

  return {
    run(job, transferred) {
      const worker = idle.pop() ?? start();
      worker.ref();
      return new Promise((resolve, reject) => {
        let reason: unknown;
        const onError = (error: unknown): void => void (reason = error);
        const onExit = (code: number): void => reject(reason ?? new Error(`exit code ${code}`));
        worker.once("message", (refusal: Refusal | null) => {
          worker.off("error", onError).off("exit", onExit);
          // A thread that waits for work does not keep the process alive.
          worker.unref();
          const done = (jobs.get(worker) ?? 0) + 1;
          jobs.set(worker, done);
          if (done < MOST_JOBS) idle.push(worker);
          else void worker.terminate();
          resolve(refusal);
        });
        worker.on("error", onError).on("exit", onExit);
        worker.postMessage(job, transferred);
      });
    },
    async close() {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}
