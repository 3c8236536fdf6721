#!/usr/bin/env node
import module from "node:module";

// Compiled code is kept, in the system's folder for temporary files, from run to run. Node 20 cannot, and what is covered
// would be counted wrongly.
if (process.env["NODE_V8_COVERAGE"] === undefined) module.enableCompileCache?.();

// A reader that closes the pipe early (head, less) has what it wanted.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
// One that no longer hears how the run goes still gets its result.
process.stderr.on("error", () => {});

// Not an import of the module's own: it would be compiled before the cache is there.
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
