import { type Kysely, sql } from "kysely";
import { type CaseRecord, countFields, type NameField, nameFields, timeFields } from "#analytics/case.ts";
import type { Schema } from "../schema.ts";
import { loadNames } from "./names.ts";

export interface StoredCase {
  caseId: string;
  incidenceDay: string;
  outcomeDay: string | null;
  record: CaseRecord;
}

const batchSize = 1000;

/**
 * The whole records of the given cases, in the order of the ids, read in batches so that memory does not grow with
 * the export. A time that its source gave as a local day comes back as that day.
 */
export async function* readCaseRecords(
  db: Kysely<Schema>,
  workspace: { id: number; timeZone: string },
  caseIds: readonly string[],
): AsyncGenerator<StoredCase> {
  const names = await loadNames(db, workspace.id);
  for (let start = 0; start < caseIds.length; start += batchSize) {
    const ids = caseIds.slice(start, start + batchSize);
    const rows = await readBatch(db, workspace, ids);
    const byId = new Map(rows.map((row) => [row.case_id, row]));
    for (const id of ids) {
      const row = byId.get(id);
      if (row !== undefined) yield storedCase(row, (field, nameId) => names[field][nameId] ?? null);
    }
  }
}

type CaseRow = Awaited<ReturnType<typeof readBatch>>[number];

async function readBatch(
  db: Kysely<Schema>,
  workspace: { id: number; timeZone: string },
  ids: readonly string[],
) {
  return db
    .selectFrom("cases as c")
    .innerJoin("case_texts as t", (join) =>
      join.onRef("t.workspace_id", "=", "c.workspace_id").onRef("t.case_id", "=", "c.case_id"),
    )
    .where("c.workspace_id", "=", workspace.id)
    .where(sql<boolean>`c.case_id = any(${ids}::uuid[])`)
    .selectAll("c")
    .select(["t.title", "t.narrative", "t.resolution_note", "t.attributes"])
    .select(
      timeFields.map((field) =>
        sql<string | null>`(${sql.ref(`c.${field}`)} at time zone ${workspace.timeZone})::date`.as(
          `${field}_day`,
        ),
      ),
    )
    .execute();
}

function storedCase(row: CaseRow, nameOf: (field: NameField, id: number) => string | null): StoredCase {
  const days = row as unknown as Record<string, string | null>; // the `_day` columns, whose names are computed
  const times = timeFields.map((field, bit) => [
    field,
    (row.date_only_fields & (1 << bit)) === 0 ? row[field] : days[`${field}_day`],
  ]);
  const named = nameFields.map((field) => [field, nameOf(field, row[`${field}_id`] ?? 0)]);
  const counts = countFields.map((field) => [field, row[field]]);
  return {
    caseId: row.case_id,
    incidenceDay: row.incidence_day,
    outcomeDay: row.outcome_day,
    record: {
      ...(Object.fromEntries([...times, ...named, ...counts]) as CaseRecord), // completed by the lines below
      source_system: row.source_system,
      source_case_id: row.source_case_id,
      status: row.status,
      title: row.title,
      narrative: row.narrative,
      resolution_note: row.resolution_note,
      customer_ref: row.customer_ref,
      handled_by_ref: row.handled_by_ref,
      concerned_agent_ref: row.concerned_agent_ref,
      severity: row.severity,
      is_public: row.is_public,
      remedy_types: row.remedy_types,
      apology_visibility: row.apology_visibility,
      compensation_minor: row.compensation_minor,
      compensation_currency: row.compensation_currency,
      outcome: row.outcome,
      parted_by: row.parted_by,
      finding: row.finding,
      csat_score: row.csat_score,
      retained: row.retained,
      attributes: row.attributes,
    },
  };
}

/** The names of all attributes that any case of the workspace carries, in order. */
export async function listAttributeNames(db: Kysely<Schema>, workspaceId: number): Promise<string[]> {
  const rows = await db
    .selectFrom("case_texts as t")
    .select(sql<string>`jsonb_object_keys(t.attributes)`.as("name"))
    .distinct()
    .where("t.workspace_id", "=", workspaceId)
    .orderBy("name")
    .execute();
  return rows.map((row) => row.name);
}
