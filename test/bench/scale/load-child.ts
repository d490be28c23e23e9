import { setTimeout } from "node:timers/promises";
import type { PoolClient } from "pg";
import { importFile } from "#db/imports/import-file.ts";
import { openDatabase } from "#db/open-database.ts";
import { watchPeakMemory } from "./peak-memory.ts";

// One load in a process of its own, so that its peak of memory is its own: prints what it took as JSON.
const [path = "", databaseUrl, dataDirectory = ""] = process.argv.slice(2);
const database = await openDatabase({ databaseUrl, dataDirectory });
// The embedded engine compiles itself behind its start, and takes more memory for that second than a load ever does.
await setTimeout(2_000);
const memory = watchPeakMemory();
const held: number[] = [];
if (database.engine === "embedded") timeConnections();
const start = performance.now();
const { counts, read } = await importFile(database, { path, workspace: "bench" });
const milliseconds = performance.now() - start;
await database.close();
const [megabytesBefore, peakMegabytes] = [memory.before, memory.peak()];
console.log(JSON.stringify({ read, new: counts.new, milliseconds, held, megabytesBefore, peakMegabytes }));

/** Embedded, each transaction takes the one connection and gives it back: how long others wait for it. */
function timeConnections(): void {
  const { pool } = database;
  const connect = pool.connect.bind(pool) as () => Promise<PoolClient>; // the form without a callback
  const timed = async (): Promise<PoolClient> => {
    const client = await connect();
    const from = performance.now();
    const release = client.release.bind(client);
    client.release = (broken) => {
      held.push(performance.now() - from);
      release(broken);
    };
    return client;
  };
  pool.connect = timed as typeof pool.connect; // nothing here uses the form with a callback
}
