import { type Profiler, Session } from "node:inspector";
import v8 from "node:v8";

/** Microseconds between two looks at the stack: a few thousand a second, at a cost below 5 %. */
const INTERVAL = 200;

/**
 * What keeps functions apart that V8 would inline, and whose samples it would then count to others. From version 14 on
 * (Node 26) it knows inlined JavaScript; before, kernels are a little slower while they are watched.
 */
const V8 = Number(process.versions.v8.split(".")[0]);
const INLINING = [...(V8 < 14 ? ["turbo-inlining"] : []), ...(V8 >= 13 ? ["wasm-inlining"] : [])];

/** Sessions that watch nothing: they stay open, for closing one would also end what `NODE_V8_COVERAGE` counts. */
const idle: Session[] = [];

/**
 * Begins to look at this thread's stack, with V8's own sampling profiler. Returns what ends it and gives the profile: the
 * same as `node --cpu-prof` writes, without the start of the process.
 */
export function startSampler(): () => Profiler.Profile {
  const session = idle.pop() ?? openSession();
  // What is compiled from here on; a module that has run for long in this process stays as it is.
  for (const flag of INLINING) v8.setFlagsFromString(`--no-${flag}`);
  post(session, "Profiler.start");
  return () => {
    const { profile } = post(session, "Profiler.stop") as Profiler.StopReturnType;
    idle.push(session);
    for (const flag of INLINING) v8.setFlagsFromString(`--${flag}`);
    return profile;
  };
}

function openSession(): Session {
  const session = new Session();
  session.connect();
  post(session, "Profiler.enable");
  post(session, "Profiler.setSamplingInterval", { interval: INTERVAL });
  return session;
}

/** A session of the thread's own answers before `post` returns. */
function post(session: Session, method: string, parameters: object = {}): unknown {
  let answer: unknown;
  session.post(method, parameters, (error, result) => {
    if (error) throw error;
    answer = result;
  });
  return answer;
}
