import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { importFile } from "#db/imports/import-file.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { temporaryDirectory } from "#test/support/database.ts";
import { fingerprint, killImport, newCrashPlace, rowsPerTransaction } from "#test/support/killed-import.ts";
import { crashCsv } from "./crash-csv.ts";

// Kills imports at random times, and says how many ended as an undisturbed one does. `npm run test:crash`, with
// KILLS_EMBEDDED and KILLS_POSTGRESQL for other numbers than 200 and 100; PostgreSQL where TEST_DATABASE_URL names one.

const rows = 20_000;
const workspace = "shop";
const longestWait = 3_000;

const { path: directory, remove } = await temporaryDirectory();
const file = join(directory, "cases.csv");
await writeFile(file, crashCsv(rows));
try {
  const server = process.env["TEST_DATABASE_URL"];
  const embedded = await series("embedded", undefined, Number(process.env["KILLS_EMBEDDED"] ?? 200));
  const onServer = server
    ? await series("PostgreSQL", server, Number(process.env["KILLS_POSTGRESQL"] ?? 100))
    : true;
  if (!server) console.log("PostgreSQL: not tried, TEST_DATABASE_URL names no server");
  process.exitCode = embedded && onServer ? 0 : 1;
} finally {
  await remove();
}

async function series(name: string, server: string | undefined, kills: number): Promise<boolean> {
  const wanted = JSON.stringify(await undisturbed(server));
  let [whole, killed] = [0, 0];
  while (killed < kills) {
    const place = await newCrashPlace(server);
    try {
      const rounds = 1 + (killed % 3); // some imports are killed two and three times
      for (let i = 0, last = false; i < rounds && !last; i++) {
        const milliseconds = Math.round(Math.random() * longestWait);
        const { acknowledged, wasDone } = await killImport(
          place,
          { file, workspace },
          { transactions: 0, milliseconds },
        );
        if (wasDone) break; // it was quicker: not a kill
        killed++;
        const database = await place.open();
        const { n } = await database.db
          .selectFrom("cases")
          .select((eb) => eb.fn.countAll<number>().as("n"))
          .executeTakeFirstOrThrow();
        const lost = acknowledged - n;
        // Killed behind its last transaction it had ended: to load the file again would be another import.
        const hasEnded = await ended(database);
        last = hasEnded || i === rounds - 1 || killed === kills;
        const result = last ? await finish(database, hasEnded) : wanted;
        await database.close();
        if (lost <= 0 && result === wanted) whole++;
        else
          console.log(
            `${name}: kill ${killed} after ${milliseconds} ms: ${lost} lost; ${result} not ${wanted}`,
          );
      }
    } finally {
      await place.remove();
    }
    process.stderr.write(`\r${name}: ${whole} of ${killed} kills`);
  }
  process.stderr.write("\n");
  console.log(`${name}: ${whole} of ${kills} kills ended as an undisturbed import of ${rows} rows`);
  return whole === kills;
}

async function ended({ db }: OpenDatabase): Promise<boolean> {
  const imports = await db.selectFrom("imports").select("state").execute();
  return imports.some(({ state }) => state === "finished");
}

async function finish(database: OpenDatabase, hasEnded: boolean): Promise<string> {
  if (!hasEnded) await importFile(database, { path: file, workspace, rowsPerTransaction });
  return JSON.stringify(await fingerprint(database));
}

async function undisturbed(server: string | undefined): Promise<Record<string, string | number>> {
  const place = await newCrashPlace(server);
  const database = await place.open();
  try {
    await importFile(database, { path: file, workspace, rowsPerTransaction });
    return await fingerprint(database);
  } finally {
    await database.close();
    await place.remove();
  }
}
