import { defineConfig, mergeConfig } from "vitest/config";

/** One configuration for every package: sources run as they are, on plain Node, so that c8 counts what V8 counts. */
export const shared = defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    pool: "forks",
    execArgv: ["--conditions=source"],
    setupFiles: [new URL("tools/set-up-tests.ts", import.meta.url).pathname],
    // For what hangs: a loaded machine takes ten times as long.
    testTimeout: 600_000,
    reporters: ["default", "json"],
    outputFile: { json: "coverage/tests.json" },
    experimental: { viteModuleRunner: false },
  },
});

/** For packages of functions alone, whose tests leave nothing behind: one process for many files, a quarter less time. */
export const sharedProcess = mergeConfig(shared, defineConfig({ test: { isolate: false, unstubGlobals: true } }));
