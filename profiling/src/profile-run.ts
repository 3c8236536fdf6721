import { Session } from "node:inspector/promises";
import type { Profiler } from "node:inspector";

/** Microseconds between two looks at the stack: a few thousand samples a second, at a cost below 5 %. */
const INTERVAL = 200;

/** Runs `run` under V8's sampling profiler: the same profile as `node --cpu-prof`, without the start of the process. */
export async function profileRun(run: () => Promise<unknown>): Promise<Profiler.Profile> {
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.setSamplingInterval", { interval: INTERVAL });
    await session.post("Profiler.start");
    await run();
    return (await session.post("Profiler.stop")).profile;
  } finally {
    session.disconnect();
  }
}
