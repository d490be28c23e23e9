import { type Kysely, type Selectable, sql } from "kysely";
import type { Schema } from "../../schema.ts";
import type { Imports, RejectedRows } from "../../schema-imports.ts";
import type { Mapping } from "../map/mapping.ts";
import { presetByName } from "../map/presets/presets.ts";

export type Import = Selectable<Imports>;
export type StoredRejection = Selectable<RejectedRows>;

/** The imports of a workspace, newest first. */
export async function listImports(db: Kysely<Schema>, workspaceId: number): Promise<Import[]> {
  return db
    .selectFrom("imports")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("import_id", "desc")
    .execute();
}

export async function findImport(
  db: Kysely<Schema>,
  workspaceId: number,
  importId: number,
): Promise<Import | undefined> {
  return db
    .selectFrom("imports")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("import_id", "=", importId)
    .executeTakeFirst();
}

/** How the workspace's last file with these columns was mapped: what was confirmed once need not be asked again. */
export async function findMappingOf(
  db: Kysely<Schema>,
  workspaceId: number,
  columns: readonly string[],
): Promise<Mapping | undefined> {
  const row = await db
    .selectFrom("imports")
    .select("mapping")
    .where("workspace_id", "=", workspaceId)
    .where("state", "in", ["running", "paused", "finished", "failed"])
    .where("mapping", "is not", null)
    .where(sql<boolean>`columns = ${JSON.stringify(columns)}::jsonb`)
    .orderBy("import_id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.mapping ?? undefined;
}

/** Loads of uploaded files that nobody ended: the program that was at them was stopped. */
export async function listInterruptedImports(db: Kysely<Schema>): Promise<Import[]> {
  return db
    .selectFrom("imports")
    .selectAll()
    .where("state", "=", "running")
    .where("upload", "is not", null)
    .orderBy("workspace_id")
    .orderBy("import_id")
    .execute();
}

/** Names of the uploaded files that imports still need. */
export async function listUploads(db: Kysely<Schema>): Promise<string[]> {
  const rows = await db.selectFrom("imports").select("upload").where("upload", "is not", null).execute();
  return rows.flatMap(({ upload }) => upload ?? []);
}

/** Notes that the file of an import that has ended for good is no longer needed; gives its name, where there was one. */
export async function forgetUpload(
  db: Kysely<Schema>,
  { workspaceId, importId }: { workspaceId: number; importId: number },
): Promise<string | null> {
  const row = await findImport(db, workspaceId, importId);
  if (row === undefined || (row.state !== "finished" && row.state !== "undone")) return null;
  await db
    .updateTable("imports")
    .set({ upload: null })
    .where("workspace_id", "=", workspaceId)
    .where("import_id", "=", importId)
    .execute();
  return row.upload;
}

/** One page of the rows that an import rejected, in the order of the file: those behind row `afterRow`. */
export async function listRejectedRows(
  db: Kysely<Schema>,
  { workspace_id, import_id }: Pick<Import, "workspace_id" | "import_id">,
  { afterRow = 0, limit }: { afterRow?: number; limit: number },
): Promise<StoredRejection[]> {
  return rejectedRowsOf(db, workspace_id, import_id)
    .where("row_number", ">", afterRow)
    .limit(limit)
    .execute();
}

function rejectedRowsOf(db: Kysely<Schema>, workspaceId: number, importId: number) {
  return db
    .selectFrom("rejected_rows")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("import_id", "=", importId)
    .orderBy("row_number");
}

/** What the sources of a workspace's cases can and can't tell. */
export interface SourceLimits {
  /** What a reader of the figures must know, a text a source. */
  notes: string[];
  /** Numbers a month mean nothing: no page may say rose or fell. */
  volumeIsArtefact: boolean;
  /** Some outcomes are told and others are not: no share of outcomes may be shown. */
  outcomesArePartial: boolean;
}

export async function sourceLimits(db: Kysely<Schema>, workspaceId: number): Promise<SourceLimits> {
  const presets = await presetsOf(db, workspaceId);
  return {
    notes: presets.flatMap(({ title, notes }) =>
      notes.length === 0 ? [] : [`${title}: ${notes.join(" ")}`],
    ),
    volumeIsArtefact: presets.some((preset) => preset.volumeIsArtefact),
    outcomesArePartial: presets.some((preset) => preset.outcomesArePartial),
  };
}

/** The companies that the cases are about: names that no cause may bear. */
export async function listCompanyNames(db: Kysely<Schema>, workspaceId: number): Promise<string[]> {
  const presets = await presetsOf(db, workspaceId);
  const attributes = presets.flatMap(({ companyAttribute }) => companyAttribute ?? []);
  const names = await Promise.all(attributes.map((attribute) => attributeValues(db, workspaceId, attribute)));
  return names.flat();
}

async function attributeValues(
  db: Kysely<Schema>,
  workspaceId: number,
  attribute: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom("case_texts as t")
    .select(sql<string | null>`t.attributes ->> ${attribute}`.as("value"))
    .distinct()
    .where("t.workspace_id", "=", workspaceId)
    .execute();
  return rows.flatMap(({ value }) => value ?? []);
}

async function presetsOf(db: Kysely<Schema>, workspaceId: number) {
  const rows = await db
    .selectFrom("imports")
    .select("preset")
    .distinct()
    .where("workspace_id", "=", workspaceId)
    .where("state", "not in", ["draft", "undone"])
    .orderBy("preset")
    .execute();
  return rows.flatMap(({ preset }) => presetByName(preset) ?? []);
}
