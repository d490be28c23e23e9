import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Where a machine-readable report is wanted: `.ci/run` counts from it. */
const reportFile = process.env.VITEST_REPORT;

/** Looks at every statement that the tests send to the database. */
const watch = "test/support/sql/watch-sql.ts";

/** Four projects: pure functions, the database, the routes in process, and a real browser. */
export default defineConfig({
  test: {
    // Vitest leaves one core free; of two, that would be half of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    execArgv: ["--no-wasm-code-gc"], // as bin/fixtwice.js has it, and says why
    root: new URL("..", import.meta.url).pathname,
    reporters: reportFile === undefined ? ["default"] : ["default", "json"],
    ...(reportFile !== undefined && { outputFile: { json: reportFile } }),
    projects: [
      project("unit", ["test/*.test.ts", "test/analytics/**/*.test.ts", "test/app/**/*.test.ts"], {
        testTimeout: 60_000,
        isolate: false, // they share nothing but modules, of which each file would load its own: half of their time
      }),
      project("db", ["test/db/**/*.test.ts"], {
        testTimeout: 60_000,
        hookTimeout: 120_000,
        setupFiles: [watch],
      }),
      project("routes", ["test/routes/**/*.test.ts"], {
        testTimeout: 60_000,
        hookTimeout: 180_000,
        isolate: false,
        globalSetup: ["test/support/prepared-databases.ts"],
        setupFiles: [watch],
      }),
      project("journeys", ["test/journeys/**/*.test.ts"], {
        testTimeout: 180_000,
        hookTimeout: 240_000,
        fileParallelism: false,
        globalSetup: ["test/support/server.ts"],
      }),
    ],
  },
});

function project(name: string, include: string[], options: object = {}) {
  return { test: { name, include, environment: "node" as const, ...options } };
}
