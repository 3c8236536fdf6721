import { type Profiler, Session } from "node:inspector";
import v8 from "node:v8";

/** Microseconds between two looks at the stack: a few thousand a second, at a cost below 5 %. */
const INTERVAL = 200;

/** From V8 12 on (Node 22), functions of WebAssembly are inlined into others, and samples then do not tell them apart. */
const INLINES = Number(process.versions.v8.split(".")[0]) >= 12;

/**
 * Begins to look at this thread's stack, with V8's own sampling profiler. Returns what ends it and gives the profile: the
 * same as `node --cpu-prof` writes, without the start of the process.
 */
export function startSampler(): () => Profiler.Profile {
  const session = new Session();
  session.connect();
  // What is compiled from here on; a module that has run for long in this process stays as it is.
  if (INLINES) v8.setFlagsFromString("--no-wasm-inlining");
  post(session, "Profiler.enable");
  post(session, "Profiler.setSamplingInterval", { interval: INTERVAL });
  post(session, "Profiler.start");
  return () => {
    const { profile } = post(session, "Profiler.stop") as Profiler.StopReturnType;
    session.disconnect();
    if (INLINES) v8.setFlagsFromString("--wasm-inlining");
    return profile;
  };
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
