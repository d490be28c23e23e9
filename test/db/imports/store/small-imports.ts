import { type CaseRecord, emptyCase } from "#analytics/case.ts";
import { interpretRecord } from "#db/imports/map/interpret-rows.ts";
import { countsOf, type ImportCounts } from "#db/imports/store/import-counts.ts";
import { beginImport, endImport, startImport } from "#db/imports/store/import-record.ts";
import { takeImportTurn } from "#db/imports/store/import-turn.ts";
import { LocalDays } from "#db/imports/store/local-days.ts";
import { loadNameEntries, NameDictionary } from "#db/imports/store/name-dictionary.ts";
import { prepareBatch } from "#db/imports/store/prepare-batch.ts";
import { storeBatch } from "#db/imports/store/store-batch.ts";
import type { OpenDatabase } from "#db/open-database.ts";
import { findOrCreateWorkspace, type Workspace } from "#db/workspaces.ts";

let made = 0;

export async function newWorkspace({ db }: OpenDatabase, timeZone = "UTC"): Promise<Workspace> {
  return findOrCreateWorkspace(db, { name: `workspace ${++made}`, timeZone });
}

/** A resolved case of which little is known. */
export function caseOf(id: string, known: Partial<CaseRecord> = {}): CaseRecord {
  return { ...emptyCase("desk", id), received_at: "2026-03-29T10:00:00.000Z", ...known };
}

export interface SmallImport {
  importId: number;
  counts: ImportCounts;
}

interface Wish {
  /** An import that paused, to go on with; else it is a new one. */
  goOn?: number;
  end?: "finished" | "paused";
}

/** One import of one batch. */
export async function load(
  database: OpenDatabase,
  workspace: Workspace,
  records: readonly CaseRecord[],
  { goOn, end = "finished" }: Wish = {},
): Promise<SmallImport> {
  return takeImportTurn(database, workspace.id, (turn) =>
    turn(async ({ client, db }) => {
      const key = { workspace_id: workspace.id, import_id: goOn ?? 0 };
      const row =
        (await startImport(db, key, { rejectedAccepted: false })) ??
        (await beginImport(db, workspace.id, {
          kind: "records",
          name: `file ${++made}`,
          sizeBytes: 1,
          sha256: `hash ${made}`,
          columns: [],
          preset: "records",
          mapping: null,
          layout: null,
          upload: null,
          encoding: null,
        }));
      const keys = { workspaceId: workspace.id, importId: row.import_id };
      const home = { ...keys, days: new LocalDays(workspace.time_zone) };
      const names = new NameDictionary(workspace.id, await loadNameEntries(db, workspace.id));
      const batch = prepareBatch(records.map(interpretRecord), home, names);
      const running = { ...keys, cursorRow: row.cursor_row, counts: countsOf(row), expectsNew: true };
      const { counts } = await storeBatch(client, db, { running, batch });
      await endImport(
        db,
        row,
        end === "paused" ? { state: end, why: "It waits.", pausedFor: "rejected_rows" } : { state: end },
      );
      return { importId: row.import_id, counts };
    }),
  );
}

/** The narratives of a workspace's cases by the source's ids. */
export async function narratives(
  { db }: OpenDatabase,
  workspace: Workspace,
): Promise<Record<string, string | null>> {
  const rows = await db
    .selectFrom("cases as c")
    .innerJoin("case_texts as t", (join) =>
      join.onRef("t.workspace_id", "=", "c.workspace_id").onRef("t.case_id", "=", "c.case_id"),
    )
    .select(["c.source_case_id", "t.narrative"])
    .where("c.workspace_id", "=", workspace.id)
    .execute();
  return Object.fromEntries(rows.map((row) => [row.source_case_id, row.narrative]));
}

export async function countRows(
  { db }: OpenDatabase,
  workspace: Workspace,
  table: "cases" | "case_texts" | "case_versions" | "case_words" | "case_causes",
): Promise<number> {
  const { n } = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("workspace_id", "=", workspace.id)
    .executeTakeFirstOrThrow();
  return n;
}
