import { type Kysely, type Selectable, sql } from "kysely";
import type { Imports, RejectedRows, Schema } from "../../schema.ts";
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

/** One page of the rows that an import rejected, in the order of the file: those behind line `afterLine`. */
export async function listRejectedRows(
  db: Kysely<Schema>,
  { workspace_id, import_id }: Pick<Import, "workspace_id" | "import_id">,
  { afterLine = 0, limit }: { afterLine?: number; limit: number },
): Promise<StoredRejection[]> {
  return rejectedRowsOf(db, workspace_id, import_id).where("line", ">", afterLine).limit(limit).execute();
}

function rejectedRowsOf(db: Kysely<Schema>, workspaceId: number, importId: number) {
  return db
    .selectFrom("rejected_rows")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("import_id", "=", importId)
    .orderBy("line");
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
    .orderBy("preset")
    .execute();
  return rows.flatMap(({ preset }) => presetByName(preset) ?? []);
}
