/** A thread's own module: does the jobs that it is sent. An error ends the thread, and so tells of itself. */
import { parentPort } from "node:worker_threads";
import { type Job, blockLoop } from "./block-loop.ts";

parentPort?.on("message", async (job: Job) => {
  parentPort?.postMessage(await blockLoop(job));
});
