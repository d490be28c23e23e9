import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Schema } from "../../schema.ts";
import type { ImportKey } from "./case-stack.ts";

/** A case that an undone import had brought a value to. */
export interface UndoneCase {
  caseId: string;
  sourceCaseId: string;
  title: string | null;
}

export interface RestoredCase extends UndoneCase {
  /** Whose value comes back. */
  earlier: OtherImport;
}

export interface SplicedCase extends UndoneCase {
  /** Whose value lies on the one that is taken out. */
  later: OtherImport;
}

export interface KeptCase extends UndoneCase {
  why: Touch;
}

export interface OtherImport {
  importId: number;
  fileName: string;
}

/** Of each list, the first so many in the order of the source's ids. */
const listedCases = 100;

/** Cases whose top value is the import's, each with the value below it, where there is one. */
export function valuesOnTop(db: Kysely<Schema>, { workspaceId, importId }: ImportKey) {
  return db
    .selectFrom("cases as c")
    .leftJoin("case_versions as v", (join) =>
      join
        .onRef("v.workspace_id", "=", "c.workspace_id")
        .onRef("v.case_id", "=", "c.case_id")
        .on("v.replaced_by", "=", importId),
    )
    .where("c.workspace_id", "=", workspaceId)
    .where("c.import_id", "=", importId);
}

/** Why a case stays, although no import holds it any more: what a person has done with it. */
export type Touch = "human_edit" | "retrospective";

/** A case that a person has put into a cause that the person made counts as touched; one that was left where it was does not. */
export function touchOf(workspaceId: number): RawBuilder<Touch | null> {
  return sql<Touch | null>`case
    when c.case_id in (select h.case_id from human_edits h
      where h.workspace_id = ${workspaceId} and h.case_id is not null and h.undone_at is null
      union all
      select s.case_id from split_cases s join human_edits h using (workspace_id, edit_id, cause_id)
      where s.workspace_id = ${workspaceId} and h.undone_at is null) then 'human_edit'
    when c.case_id in (select r.case_id from retrospectives r
      where r.workspace_id = ${workspaceId} and r.case_id is not null) then 'retrospective' end`;
}

export async function listRemoved(db: Kysely<Schema>, key: ImportKey): Promise<UndoneCase[]> {
  return linesOnTop(db, key)
    .where("v.case_id", "is", null)
    .where(touchOf(key.workspaceId), "is", null)
    .execute();
}

export async function listKept(db: Kysely<Schema>, key: ImportKey): Promise<KeptCase[]> {
  const touch = touchOf(key.workspaceId);
  return linesOnTop(db, key)
    .where("v.case_id", "is", null)
    .where(touch, "is not", null)
    .select(touch.$notNull().as("why"))
    .execute();
}

export async function listRestored(db: Kysely<Schema>, key: ImportKey): Promise<RestoredCase[]> {
  const rows = await linesOnTop(db, key)
    .innerJoin("imports as i", (join) =>
      join.onRef("i.workspace_id", "=", "v.workspace_id").onRef("i.import_id", "=", "v.import_id"),
    )
    .select(["i.import_id as importId", "i.file_name as fileName"])
    .execute();
  return rows.map(({ importId, fileName, ...line }) => ({ ...line, earlier: { importId, fileName } }));
}

export async function listSpliced(
  db: Kysely<Schema>,
  { workspaceId, importId: id }: ImportKey,
): Promise<SplicedCase[]> {
  const rows = await db
    .selectFrom("case_versions as v")
    .innerJoin("cases as c", (join) =>
      join.onRef("c.workspace_id", "=", "v.workspace_id").onRef("c.case_id", "=", "v.case_id"),
    )
    .innerJoin("case_texts as t", (join) =>
      join.onRef("t.workspace_id", "=", "v.workspace_id").onRef("t.case_id", "=", "v.case_id"),
    )
    .innerJoin("imports as i", (join) =>
      join.onRef("i.workspace_id", "=", "v.workspace_id").onRef("i.import_id", "=", "v.replaced_by"),
    )
    .where("v.workspace_id", "=", workspaceId)
    .where("v.import_id", "=", id)
    .select(["c.case_id as caseId", "c.source_case_id as sourceCaseId", "t.title"])
    .select(["i.import_id as importId", "i.file_name as fileName"])
    .orderBy("c.source_case_id")
    .limit(listedCases)
    .execute();
  return rows.map(({ importId, fileName, ...line }) => ({ ...line, later: { importId, fileName } }));
}

function linesOnTop(db: Kysely<Schema>, key: ImportKey) {
  return valuesOnTop(db, key)
    .innerJoin("case_texts as t", (join) =>
      join.onRef("t.workspace_id", "=", "c.workspace_id").onRef("t.case_id", "=", "c.case_id"),
    )
    .select(["c.case_id as caseId", "c.source_case_id as sourceCaseId", "t.title"])
    .orderBy("c.source_case_id")
    .limit(listedCases);
}
