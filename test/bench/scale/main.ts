import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { openDatabase } from "#db/open-database.ts";
import { createDatabase } from "#test/support/database.ts";
import { fillWorkspace } from "#test/support/many-cases.ts";
import type { Measurement } from "../measurement.ts";
import { aDatabaseServer } from "./database-server.ts";
import { measureHttp } from "./http.ts";
import { measureLoadAndExport } from "./load-and-export.ts";
import { measureOverview } from "./overview-beside-others.ts";
import { measureSegments } from "./segments.ts";

// Prints a table of what the product does with millions of cases, beside the same by other means in the same run.
// DATABASE_URL names a PostgreSQL server, else one is started. CASES=1000000,5000000 says how many cases the overview is made
// of, ROWS=1000000 how many the server holds and are loaded and exported, PARTS=overview,server,load what is measured.
// A time is never an assertion, and the load of the machine stands beside it.
const sizes = (process.env["CASES"] ?? "1000000,5000000").split(",").map(Number);
const rows = Number(process.env["ROWS"] ?? 1_000_000);
const parts = (process.env["PARTS"] ?? "overview,server,load").split(",");

const directory = await mkdtemp(join(tmpdir(), "fixtwice-scale-"));
const server = await aDatabaseServer(directory);
try {
  if (parts.includes("overview")) {
    await installDuckDb();
    for (const cases of sizes) print(await measureOverview(cases, { databaseUrl: server.url, directory }));
  }
  if (parts.includes("server")) await measureServer();
  if (parts.includes("load")) print(await measureLoadAndExport({ rows, databaseUrl: server.url }));
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}

/** The columns as a database keeps them, and pages of a server that holds them. */
async function measureServer(): Promise<void> {
  const { url, drop } = await createDatabase(server.url);
  try {
    const database = await openDatabase({ databaseUrl: url, dataDirectory: "" });
    await fillWorkspace(database.db, "many", rows);
    print(await measureSegments({ database, workspace: "many" }));
    await database.close();
    print(await measureHttp(url, "many"));
  } finally {
    await drop();
  }
}

async function installDuckDb(): Promise<void> {
  const folder = new URL("../duckdb/", import.meta.url).pathname;
  if (existsSync(join(folder, "node_modules"))) return;
  console.log("Installing DuckDB for the comparison …");
  await promisify(execFile)("npm", ["ci"], { cwd: folder });
}

function print(measurements: readonly Measurement[]): void {
  for (const { what, value } of measurements) console.log(`${what.padEnd(72)}  ${value}`);
  console.log(`load of the machine${" ".repeat(53)}  ${loadavg()[0]!.toFixed(1)}`);
}
