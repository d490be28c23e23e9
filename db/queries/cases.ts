import { type Kysely, sql } from "kysely";
import type { Cases, Schema } from "../schema.ts";

/** One line of a list of cases. */
export interface CaseLine {
  case_id: string;
  source_case_id: string;
  incidence_day: string;
  outcome_day: string | null;
  status: Cases["status"];
  outcome: Cases["outcome"];
  severity: Cases["severity"];
  remedy_types: Cases["remedy_types"];
  title: string | null;
  /** The first characters of the narrative: more than any page prints, so that it can cut them between words. */
  opening: string | null;
}

/** Room for a narrative of common length whole. */
const openingLength = 700;

/** The lines of the given cases, in the order of the ids. */
export async function listCases(
  db: Kysely<Schema>,
  workspaceId: number,
  caseIds: readonly string[],
): Promise<CaseLine[]> {
  if (caseIds.length === 0) return [];
  const lines = await db
    .selectFrom("cases as c")
    .leftJoin("case_texts as t", (join) =>
      join.onRef("t.workspace_id", "=", "c.workspace_id").onRef("t.case_id", "=", "c.case_id"),
    )
    .where("c.workspace_id", "=", workspaceId)
    .where("c.case_id", "in", caseIds)
    .select([
      "c.case_id",
      "c.source_case_id",
      "c.incidence_day",
      "c.outcome_day",
      "c.status",
      "c.outcome",
      "c.severity",
      "c.remedy_types",
      "t.title",
      sql<string | null>`left(t.narrative, ${sql.lit(openingLength)})`.as("opening"),
    ])
    .execute();
  const byId = new Map(lines.map((line) => [line.case_id, line]));
  return caseIds.flatMap((id) => byId.get(id) ?? []);
}

/** Most hits that a search gives: more than a person reads, and a bound on what it costs. */
export const searchLimit = 5000;

/**
 * Cases whose title, narrative or resolution note holds the words (web search syntax: "a phrase", -without, or),
 * or whose source id is the text. Best known to PostgreSQL's own full-text index; never a pattern of the user's.
 * Words of cases that were loaded just now may be missing (`countUnsearchable`).
 */
export async function searchCaseIds(
  db: Kysely<Schema>,
  workspaceId: number,
  text: string,
): Promise<string[]> {
  const byWords = db
    .selectFrom("case_words as w")
    .select("w.case_id")
    .where("w.workspace_id", "=", workspaceId)
    .where(sql<boolean>`w.words @@ websearch_to_tsquery('english', ${text})`);
  const bySourceId = db
    .selectFrom("cases as c")
    .select("c.case_id")
    .where("c.workspace_id", "=", workspaceId)
    .where("c.source_case_id", "=", text);
  const rows = await byWords.union(bySourceId).limit(searchLimit).execute();
  return rows.map((row) => row.case_id);
}

/**
 * Those of the given cases whose title or narrative holds the words (web search syntax, as in `searchCaseIds`). Read
 * from the texts themselves, so that none is missing because its words are not indexed yet.
 */
export async function listCasesWithWords(
  db: Kysely<Schema>,
  workspaceId: number,
  caseIds: readonly string[],
  words: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom("case_texts as t")
    .select("t.case_id")
    .where("t.workspace_id", "=", workspaceId)
    .where(sql<boolean>`t.case_id = any(${caseIds}::uuid[])`)
    .where(
      sql<boolean>`to_tsvector('english', concat_ws(' ', t.title, t.narrative)) @@ websearch_to_tsquery('english', ${words})`,
    )
    .execute();
  return rows.map((row) => row.case_id);
}

/** Whether the workspace has a case of that id. */
export async function isCase(db: Kysely<Schema>, workspaceId: number, caseId: string): Promise<boolean> {
  const found = await db
    .selectFrom("cases")
    .select("case_id")
    .where("workspace_id", "=", workspaceId)
    .where("case_id", "=", caseId)
    .executeTakeFirst();
  return found !== undefined;
}

export async function hasCases(db: Kysely<Schema>, workspaceId: number): Promise<boolean> {
  const found = await db
    .selectFrom("cases")
    .select("case_id")
    .where("workspace_id", "=", workspaceId)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
