import type { Kysely } from "kysely";
import type { ImportConnection } from "../imports/store/import-turn.ts";
import type { OpenDatabase } from "../open-database.ts";
import type { Schema } from "../schema.ts";
import { withConnection } from "./guarded-pool.ts";

/** Reads in one transaction that sees one state of the data: what commits meanwhile is seen whole or not at all. */
export async function inOneState<T>(
  { pool }: Pick<OpenDatabase, "pool">,
  work: (connection: ImportConnection) => Promise<T>,
): Promise<T> {
  return withConnection(pool, (client, db: Kysely<Schema>) =>
    db
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute((trx) => work({ client, db: trx })),
  );
}
