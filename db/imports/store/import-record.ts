import { type Kysely, type Selectable, sql, type Updateable } from "kysely";
import type { Schema } from "../../schema.ts";
import type { ImportState, Imports, PauseReason } from "../../schema-imports.ts";
import type { Mapping } from "../map/mapping.ts";
import type { Layout } from "../read/layout.ts";

/** What identifies the content of an import, and what people call it. */
export interface ImportSource {
  kind: "file" | "records" | "api" | "database";
  name: string;
  sizeBytes: number;
  sha256: string;
  preset: string;
  /** The header of the file; empty where there is no file. */
  columns: readonly string[];
  /** `null` where the source gives records as they are. */
  mapping: Mapping | null;
  layout: Layout | null;
  /** Name of the uploaded file; `null` where a program holds the source itself. */
  upload: string | null;
  encoding: string | null;
}

type ImportRow = Selectable<Imports>;

const goesOn = { state: "running", failure: null, paused_for: null, finished_at: null } as const;

/**
 * The row of an import that starts, or goes on: when the workspace's latest import has the same content and mapping
 * and did not end, this is its second half. Only the holder of the workspace's import turn may call it, so any other
 * import that is still marked as running, and whose file is not ours to go on with, was killed.
 */
export async function beginImport(
  db: Kysely<Schema>,
  workspaceId: number,
  source: ImportSource,
): Promise<ImportRow> {
  return db.transaction().execute(async (trx) => {
    const latest = await trx
      .selectFrom("imports")
      .selectAll()
      .where("workspace_id", "=", workspaceId)
      .where("state", "!=", "draft")
      .orderBy("import_id", "desc")
      .limit(1)
      .executeTakeFirst();
    if (latest && isSecondHalf(latest, source)) return markRunning(trx, latest);
    await closeKilledImports(trx, workspaceId);
    return insertImport(trx, workspaceId, { state: "running", source });
  });
}

/** An uploaded file whose mapping a person still has to confirm. */
export async function createDraft(
  db: Kysely<Schema>,
  workspaceId: number,
  source: ImportSource,
): Promise<ImportRow> {
  return db.transaction().execute((trx) => insertImport(trx, workspaceId, { state: "draft", source }));
}

/** What is known of a draft so far. A change of what would be loaded, or the same again, makes a dry run void. */
export interface DraftChange {
  layout?: Layout;
  mapping?: Mapping;
  encoding?: string | null;
  examination?: unknown;
  dryRun?: unknown;
  /** Why a dry run did not come to its end. */
  failure?: string;
  totalRows?: number;
}

/** Changes a draft; nothing happens once its load has begun. */
export async function changeDraft(
  db: Kysely<Schema>,
  { workspace_id, import_id }: Pick<ImportRow, "workspace_id" | "import_id">,
  change: DraftChange,
): Promise<void> {
  const { layout, mapping, encoding, examination, dryRun, failure, totalRows } = change;
  const set: Updateable<Imports> = {
    ...(layout && { layout: JSON.stringify(layout), columns: JSON.stringify(layout.columns) }),
    ...(mapping && { mapping: JSON.stringify(mapping), preset: mapping.preset }),
    ...(encoding !== undefined && { text_encoding: encoding }),
    ...(examination !== undefined && { examination: JSON.stringify(examination) }),
    ...(totalRows !== undefined && { total_rows: totalRows }),
    ...(mapping && { dry_run: null, failure: null }),
    ...(dryRun !== undefined && { dry_run: JSON.stringify(dryRun) }),
    ...(failure !== undefined && { failure }),
  };
  await db
    .updateTable("imports")
    .set(set)
    .where("workspace_id", "=", workspace_id)
    .where("import_id", "=", import_id)
    .where("state", "=", "draft")
    .execute();
}

/** Sets a draft, or an import that paused or failed, to running. `undefined`: it is in none of these states. */
export async function startImport(
  db: Kysely<Schema>,
  { workspace_id, import_id }: Pick<ImportRow, "workspace_id" | "import_id">,
  { rejectedAccepted }: { rejectedAccepted: boolean },
): Promise<ImportRow | undefined> {
  return db
    .updateTable("imports")
    .set({ ...goesOn, ...(rejectedAccepted && { rejected_accepted: true }) })
    .where("workspace_id", "=", workspace_id)
    .where("import_id", "=", import_id)
    .where("state", "in", ["draft", "paused", "failed"])
    .returningAll()
    .executeTakeFirst();
}

/** Takes a draft away. False: it is none. */
export async function removeDraft(
  db: Kysely<Schema>,
  { workspace_id, import_id }: Pick<ImportRow, "workspace_id" | "import_id">,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("imports")
    .where("workspace_id", "=", workspace_id)
    .where("import_id", "=", import_id)
    .where("state", "=", "draft")
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** `paused` and `failed` come with a sentence for the page; what was committed before them stays. */
export async function endImport(
  db: Kysely<Schema>,
  { workspace_id, import_id }: Pick<ImportRow, "workspace_id" | "import_id">,
  end:
    | { state: "finished" }
    | { state: "paused"; why: string; pausedFor: PauseReason }
    | { state: "failed"; why: string },
): Promise<void> {
  await db
    .updateTable("imports")
    .set({
      state: end.state,
      failure: end.state === "finished" ? null : end.why,
      paused_for: end.state === "paused" ? end.pausedFor : null,
      finished_at: end.state === "paused" ? null : sql<string>`now()`,
    })
    .where("workspace_id", "=", workspace_id)
    .where("import_id", "=", import_id)
    .execute();
}

/** Of an import that stopped before its first row: one that has ended otherwise stays as it is. */
export async function failIfRunning(
  db: Kysely<Schema>,
  { workspace_id, import_id }: Pick<ImportRow, "workspace_id" | "import_id">,
  why: string,
): Promise<void> {
  await db
    .updateTable("imports")
    .set({ state: "failed", failure: why, finished_at: sql<string>`now()` })
    .where("workspace_id", "=", workspace_id)
    .where("import_id", "=", import_id)
    .where("state", "=", "running")
    .execute();
}

async function markRunning(db: Kysely<Schema>, row: ImportRow): Promise<ImportRow> {
  return db
    .updateTable("imports")
    .set(goesOn)
    .where("workspace_id", "=", row.workspace_id)
    .where("import_id", "=", row.import_id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function insertImport(
  db: Kysely<Schema>,
  workspaceId: number,
  { state, source }: { state: ImportState; source: ImportSource },
): Promise<ImportRow> {
  const { last } = await db
    .selectFrom("imports")
    .select(({ fn, lit }) => fn.coalesce(fn.max("import_id"), lit(0)).as("last"))
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return db
    .insertInto("imports")
    .values({
      workspace_id: workspaceId,
      import_id: last + 1,
      kind: source.kind,
      file_name: source.name,
      size_bytes: source.sizeBytes,
      sha256: source.sha256,
      preset: source.preset,
      columns: JSON.stringify(source.columns),
      mapping: source.mapping && JSON.stringify(source.mapping),
      layout: source.layout && JSON.stringify(source.layout),
      upload: source.upload,
      text_encoding: source.encoding,
      state,
      coverage: "{}",
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Whether an import that did not end brings the same content by the same mapping. */
export function isSecondHalf(latest: ImportRow, source: ImportSource): boolean {
  const ended = latest.state === "finished" || latest.state === "undone";
  const sameContent = latest.sha256 === source.sha256 && latest.kind === source.kind;
  return !ended && sameContent && sameMapping(latest.mapping, source.mapping);
}

/** By what they say: PostgreSQL's jsonb gives members back in an order of its own. */
function sameMapping(a: Mapping | null, b: Mapping | null): boolean {
  return JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function closeKilledImports(db: Kysely<Schema>, workspaceId: number): Promise<void> {
  await db
    .updateTable("imports")
    .set({
      state: "failed",
      failure: "The program was stopped before the end of the source, and another import came after it.",
      finished_at: sql<string>`now()`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("state", "=", "running")
    .where("upload", "is", null)
    .execute();
}
