import { type Profiler, Session } from "node:inspector";
import v8 from "node:v8";

/** Microseconds between two looks at the stack: a few thousand a second, at a cost below 5 %. */
const INTERVAL = 200;

const V8 = Number(process.versions.v8.split(".")[0]);

/**
 * V8's inlining would count a function's samples to its caller. Of JavaScript it tells what it has inlined from version 14
 * on (Node 26); before, kernels are a little slower while they are watched. Of WebAssembly it never does: no function is
 * small enough to be inlined, for good, as `--no-wasm-inlining` must not be set once V8 runs: what it compiles in the
 * background then ends the process ("Check failed: v8_flags.wasm_inlining").
 */
const NO_INLINING = V8 >= 13 ? "--wasm-inlining-max-size=0" : null;
const LOSES_INLINED = V8 < 14;

/** Sessions that watch nothing: they stay open, for closing one would also end what `NODE_V8_COVERAGE` counts. */
const idle: Session[] = [];

/**
 * Begins to look at this thread's stack, with V8's own sampling profiler. Returns what ends it and gives the profile: the
 * same as `node --cpu-prof` writes, without the start of the process.
 */
export function startSampler(): () => Profiler.Profile {
  const session = idle.pop() ?? openSession();
  // What is compiled from here on; a module that has run for long in this process stays as it is.
  if (NO_INLINING !== null) v8.setFlagsFromString(NO_INLINING);
  if (LOSES_INLINED) v8.setFlagsFromString("--no-turbo-inlining");
  post(session, "Profiler.start");
  return () => {
    const { profile } = post(session, "Profiler.stop") as Profiler.StopReturnType;
    idle.push(session);
    if (LOSES_INLINED) v8.setFlagsFromString("--turbo-inlining");
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
