import { type Kysely, type Selectable, sql } from "kysely";
import type { Imports, Schema } from "../../schema.ts";

/** What identifies the content of an import, and what people call it. */
export interface ImportSource {
  name: string;
  sizeBytes: number;
  sha256: string;
  preset: string;
  /** The header of the file; empty where there is no file. */
  columns: readonly string[];
}

/**
 * The row of an import that starts, or goes on: when the workspace's latest import has the same content and did not
 * end, this is its second half. Only the holder of the workspace's import turn may call it, so any other import that
 * is still marked as running was killed.
 */
export async function beginImport(
  db: Kysely<Schema>,
  workspaceId: number,
  source: ImportSource,
): Promise<Selectable<Imports>> {
  return db.transaction().execute(async (trx) => {
    const latest = await trx
      .selectFrom("imports")
      .selectAll()
      .where("workspace_id", "=", workspaceId)
      .orderBy("import_id", "desc")
      .limit(1)
      .executeTakeFirst();
    if (latest && isSecondHalf(latest, source)) {
      return trx
        .updateTable("imports")
        .set({ state: "running", failure: null, finished_at: null })
        .where("workspace_id", "=", workspaceId)
        .where("import_id", "=", latest.import_id)
        .returningAll()
        .executeTakeFirstOrThrow();
    }
    await closeKilledImports(trx, workspaceId);
    return trx
      .insertInto("imports")
      .values({
        workspace_id: workspaceId,
        import_id: (latest?.import_id ?? 0) + 1,
        file_name: source.name,
        size_bytes: source.sizeBytes,
        sha256: source.sha256,
        preset: source.preset,
        columns: JSON.stringify(source.columns),
        state: "running",
        coverage: "{}",
      })
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

function isSecondHalf(latest: Selectable<Imports>, source: ImportSource): boolean {
  return latest.state !== "finished" && latest.sha256 === source.sha256 && latest.preset === source.preset;
}

async function closeKilledImports(db: Kysely<Schema>, workspaceId: number): Promise<void> {
  await db
    .updateTable("imports")
    .set({
      state: "failed",
      failure: "The program was stopped before the end of the file, and another import came after it.",
      finished_at: sql<string>`now()`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("state", "=", "running")
    .execute();
}

export async function finishImport(db: Kysely<Schema>, workspaceId: number, importId: number): Promise<void> {
  await endImport(db, workspaceId, importId, null);
}

/** `failure` is a sentence for the imports page. What was committed before it stays. */
export async function failImport(
  db: Kysely<Schema>,
  workspaceId: number,
  importId: number,
  failure: string,
): Promise<void> {
  await endImport(db, workspaceId, importId, failure);
}

async function endImport(
  db: Kysely<Schema>,
  workspaceId: number,
  importId: number,
  failure: string | null,
): Promise<void> {
  await db
    .updateTable("imports")
    .set({ state: failure === null ? "finished" : "failed", failure, finished_at: sql<string>`now()` })
    .where("workspace_id", "=", workspaceId)
    .where("import_id", "=", importId)
    .execute();
}
