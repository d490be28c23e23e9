import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Measurement } from "../measurement.ts";
import { aDatabaseServer } from "./database-server.ts";
import { measureOverview } from "./overview-beside-others.ts";

// Prints a table of what the product does with millions of cases, beside the same by other means in the same run.
// CASES=1000000,5000000 says how many; DATABASE_URL names a PostgreSQL server, else one is started. A time is never an assertion.
const sizes = (process.env.CASES ?? "1000000,5000000").split(",").map(Number);
const duckdb = new URL("../duckdb/", import.meta.url).pathname;
if (!existsSync(join(duckdb, "node_modules"))) {
  console.log("Installing DuckDB for the comparison …");
  await promisify(execFile)("npm", ["ci"], { cwd: duckdb });
}
const directory = await mkdtemp(join(tmpdir(), "fixtwice-scale-"));
const server = await aDatabaseServer(directory);
try {
  for (const cases of sizes) print(await measureOverview(cases, { databaseUrl: server.url, directory }));
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}

function print(rows: readonly Measurement[]): void {
  for (const { what, value } of rows) console.log(`${what.padEnd(64)}  ${value}`);
}
