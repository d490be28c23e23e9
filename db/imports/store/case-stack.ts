import { type RawBuilder, sql, type Transaction } from "kysely";
import { markTouched, type Touched } from "../../queries/touched-months.ts";
import type { Schema } from "../../schema.ts";

/**
 * A case is a stack of values, at most one an import: the rows of `cases` and `case_texts` hold the top one, and a row
 * of `case_versions` each one below, with the import whose value lies on it. All here are steps of one transaction.
 */

/** An import by its keys. */
export interface ImportKey {
  workspaceId: number;
  importId: number;
}

/** One parameter, however many ids. */
export function anyOf(ids: readonly string[]): RawBuilder<string> {
  return sql<string>`any(${`{${ids.join(",")}}`}::uuid[])`;
}

/** Before an import puts its values on top of these cases: what is on top now goes below. */
export async function pushBelow(
  trx: Transaction<Schema>,
  { workspaceId, importId }: ImportKey,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  // An import that went on after others may have a value in the stack already: the newer one stands in its place.
  await spliceOut(trx, { workspaceId, importId }, ids);
  // Without the columns that are null, which are most: they come back as null.
  await sql`insert into case_versions (workspace_id, case_id, replaced_by, import_id, case_row, text_row)
    select c.workspace_id, c.case_id, ${importId}::int, c.import_id,
      jsonb_strip_nulls(to_jsonb(c)), jsonb_strip_nulls(to_jsonb(t))
    from cases c join case_texts t on t.workspace_id = c.workspace_id and t.case_id = c.case_id
    where c.workspace_id = ${workspaceId} and c.case_id = ${anyOf(ids)}`.execute(trx);
}

/** Takes an import's values out of the stacks of these cases, where they lie below another. */
export async function spliceOut(
  trx: Transaction<Schema>,
  { workspaceId, importId }: ImportKey,
  ids: readonly string[],
): Promise<void> {
  const taken = await trx
    .deleteFrom("case_versions")
    .where("workspace_id", "=", workspaceId)
    .where("import_id", "=", importId)
    .where("case_id", "=", anyOf(ids))
    .returning(["case_id", "replaced_by"])
    .execute();
  // What lay below the value that was taken lies below the one above it now.
  for (const [above, caseIds] of byImportAbove(taken))
    await trx
      .updateTable("case_versions")
      .set({ replaced_by: above })
      .where("workspace_id", "=", workspaceId)
      .where("replaced_by", "=", importId)
      .where("case_id", "=", anyOf(caseIds))
      .execute();
}

function byImportAbove(taken: readonly { case_id: string; replaced_by: number }[]): Map<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const { case_id: id, replaced_by: above } of taken) {
    const group = groups.get(above);
    if (group === undefined) groups.set(above, [id]);
    else group.push(id);
  }
  return groups;
}

/** Takes the top values of these cases away, and their words. */
export async function removeTop(
  trx: Transaction<Schema>,
  workspaceId: number,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  for (const table of ["cases", "case_texts", "case_words"] as const)
    await trx
      .deleteFrom(table)
      .where("workspace_id", "=", workspaceId)
      .where("case_id", "=", anyOf(ids))
      .execute();
}

/**
 * Where the import's values were on top and are taken away: what it had replaced comes up again. Its words don't:
 * they take longer than all the rest, and are made afterwards (`indexWords`).
 */
export async function raiseBelow(
  trx: Transaction<Schema>,
  { workspaceId, importId }: ImportKey,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const replaced = sql`workspace_id = ${workspaceId} and replaced_by = ${importId} and case_id = ${anyOf(ids)}`;
  // A column that a later migration adds is null in rows that were put away before it: it must allow that. “offset 0”
  // keeps PostgreSQL from reading the document once a column.
  await sql`insert into cases select (v.value).* from
    (select jsonb_populate_record(null::cases, case_row) as value
      from case_versions where ${replaced} offset 0) v`.execute(trx);
  await sql`insert into case_texts select (v.value).* from
    (select jsonb_populate_record(null::case_texts, text_row) as value
      from case_versions where ${replaced} offset 0) v`.execute(trx);
  const { rows } = await sql<{ import_id: number }>`delete from case_versions where ${replaced}
    returning import_id`.execute(trx);
  await trx
    .updateTable("imports")
    .set({ words_indexed: false })
    .where("workspace_id", "=", workspaceId)
    .where("import_id", "in", [...new Set(rows.map((row) => row.import_id))])
    .execute();
}

/** Makes these cases' words searchable; those whose words are there already are left as they are. */
export async function insertWords(
  trx: Transaction<Schema>,
  workspaceId: number,
  ids: readonly string[],
): Promise<void> {
  await sql`insert into case_words (workspace_id, case_id, words)
    select workspace_id, case_id, to_tsvector('english',
      coalesce(title, '') || ' ' || coalesce(narrative, '') || ' ' || coalesce(resolution_note, ''))
    from case_texts where workspace_id = ${workspaceId} and case_id = ${anyOf(ids)}
    on conflict do nothing`.execute(trx);
}

/**
 * Says that the workspace's cases change, and so keeps others from changing them, or their words, until the
 * transaction ends: the first step of every transaction that does. What it touches of the columns is made anew.
 */
export async function raiseDataVersion(
  trx: Transaction<Schema>,
  workspaceId: number,
  touched: Touched,
): Promise<void> {
  const { data_version: version } = await trx
    .updateTable("workspaces")
    .set(({ eb }) => ({ data_version: eb("data_version", "+", 1) }))
    .where("id", "=", workspaceId)
    .returning("data_version")
    .executeTakeFirstOrThrow();
  await markTouched(trx, workspaceId, version, touched);
}

/** Keeps the workspace's cases from being changed until the transaction ends. */
export async function holdCases(trx: Transaction<Schema>, workspaceId: number): Promise<void> {
  await trx.selectFrom("workspaces").select("id").where("id", "=", workspaceId).forUpdate().execute();
}
