import { defineConfig } from "vitest/config";

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
