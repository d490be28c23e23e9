import { sql } from "kysely";
import { openDatabase } from "#db/open-database.ts";

/** A process of open-database.test.ts: writes rows into argv[2] for ever, and prints each number once it is acknowledged. */
const [dataDirectory = "", template = ""] = process.argv.slice(2);
const { db } = await openDatabase({ dataDirectory, template });
await sql`create table if not exists written (n int primary key, body text not null)`.execute(db);
const first = await sql<{ next: number }>`select coalesce(max(n), 0) + 1 as next from written`.execute(db);
for (let n = first.rows[0]?.next ?? 1; ; n++) {
  await sql`insert into written values (${n}, ${"x".repeat(500)})`.execute(db);
  process.stdout.write(`${n}\n`);
}
