import { type Expression, type Kysely, type SqlBool, sql } from "kysely";
import type { Schema } from "../schema.ts";
import type {
  ImportedFrom,
  RetrospectiveBody,
  RetrospectiveState,
  RetrospectiveText,
} from "../schema-retrospectives.ts";
import { loadRoots } from "./cause-roots.ts";
import { listCaseCauses } from "./causes.ts";

/** A retrospective is of a cause or of a case. */
export type RetrospectiveOf = { causeId: number } | { caseId: string };

/** What a person writes. */
export interface RetrospectiveContent extends RetrospectiveBody {
  title: string;
  /** What contributed; no two differ by their capitals alone. */
  factors: string[];
  /** Second fixes that came out of it. */
  fixIds: number[];
}

/** When something was done to it, and by whom. */
export interface Done {
  at: string;
  by: string;
}

export interface RetrospectiveLine {
  id: number;
  of: RetrospectiveOf;
  state: RetrospectiveState;
  title: string;
  written: Done;
  changed: Done;
  reviewed: Done | null;
  published: Done | null;
}

export interface Retrospective extends RetrospectiveLine {
  revision: number;
  content: RetrospectiveContent;
  imported: ImportedFrom | null;
}

export type { ImportedFrom, RetrospectiveState, RetrospectiveText };

export async function findRetrospective(
  db: Kysely<Schema>,
  workspaceId: number,
  id: number,
): Promise<Retrospective | undefined> {
  const row = await db
    .selectFrom("retrospectives")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("retrospective_id", "=", id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const [factors, fixes] = [
    await factorsOf(db, workspaceId, id),
    await db
      .selectFrom("retrospective_fixes")
      .select("fix_id")
      .where("workspace_id", "=", workspaceId)
      .where("retrospective_id", "=", id)
      .orderBy("place")
      .execute(),
  ];
  return {
    ...lineOf(row),
    revision: row.revision,
    content: { title: row.title, ...row.body, factors, fixIds: fixes.map((fix) => fix.fix_id) },
    imported: row.imported,
  };
}

async function factorsOf(db: Kysely<Schema>, workspaceId: number, id: number): Promise<string[]> {
  const rows = await db
    .selectFrom("retrospective_factors")
    .select("factor")
    .where("workspace_id", "=", workspaceId)
    .where("retrospective_id", "=", id)
    .orderBy("place")
    .execute();
  return rows.map((row) => row.factor);
}

const lineColumns = [
  "retrospective_id",
  "cause_id",
  "case_id",
  "state",
  "title",
  "written_at",
  "written_by",
  "changed_at",
  "changed_by",
  "reviewed_at",
  "reviewed_by",
  "published_at",
  "published_by",
] as const;

interface LineRow {
  retrospective_id: number;
  cause_id: number | null;
  case_id: string | null;
  state: RetrospectiveState;
  title: string;
  written_at: string;
  written_by: string;
  changed_at: string;
  changed_by: string;
  reviewed_at: string | null;
  reviewed_by: string | null;
  published_at: string | null;
  published_by: string | null;
}

function lineOf(row: LineRow): RetrospectiveLine {
  return {
    id: row.retrospective_id,
    // The table holds that one of the two is there.
    of: row.case_id === null ? { causeId: row.cause_id ?? 0 } : { caseId: row.case_id },
    state: row.state,
    title: row.title,
    written: { at: row.written_at, by: row.written_by },
    changed: { at: row.changed_at, by: row.changed_by },
    reviewed: done(row.reviewed_at, row.reviewed_by),
    published: done(row.published_at, row.published_by),
  };
}

function done(at: string | null, by: string | null): Done | null {
  return at === null || by === null ? null : { at, by };
}

/** Which of the retrospectives are asked for; what is `null` does not narrow. */
export interface RetrospectivesAsked {
  /** Words that stand anywhere in it, one after the other as they are written; capitals do not matter. */
  text: string | null;
  state: RetrospectiveState | null;
  /** What contributed, and is counted: of those that are reviewed or published. */
  factor: string | null;
}

/** Retrospectives, those that were changed last first. */
export async function listRetrospectives(
  db: Kysely<Schema>,
  workspaceId: number,
  { text, state, factor }: RetrospectivesAsked,
): Promise<RetrospectiveLine[]> {
  let query = linesOf(db, workspaceId);
  if (text !== null) query = query.where(contains("r.words", text));
  if (state !== null) query = query.where("r.state", "=", state);
  if (factor !== null)
    query = query
      .where("r.state", "<>", "draft")
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom("retrospective_factors as f")
            .select("f.factor")
            .whereRef("f.workspace_id", "=", "r.workspace_id")
            .whereRef("f.retrospective_id", "=", "r.retrospective_id")
            .where(sql<SqlBool>`lower(f.factor) = lower(${factor})`),
        ),
      );
  return (await query.execute()).map(lineOf);
}

/** Every retrospective as a line of a list, those that were changed last first. */
function linesOf(db: Kysely<Schema>, workspaceId: number) {
  return db
    .selectFrom("retrospectives as r")
    .select(lineColumns)
    .where("r.workspace_id", "=", workspaceId)
    .orderBy("r.changed_at", "desc")
    .orderBy("r.retrospective_id", "desc");
}

/** The text stands in the column as it is written: `%` and `_` stand for themselves. */
function contains(column: string, text: string): Expression<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} ilike ${`%${text.replaceAll(/[\\%_]/g, "\\$&")}%`}`;
}

/** Retrospectives of a case, those that were changed last first. */
export async function listOfCase(
  db: Kysely<Schema>,
  workspaceId: number,
  caseId: string,
): Promise<RetrospectiveLine[]> {
  const rows = await linesOf(db, workspaceId).where("r.case_id", "=", caseId).execute();
  return rows.map(lineOf);
}

/** Retrospectives of a cause and of those that were merged into it, those that were changed last first. */
export async function listOfCause(
  db: Kysely<Schema>,
  workspaceId: number,
  causeId: number,
): Promise<RetrospectiveLine[]> {
  const roots = await loadRoots(db, workspaceId);
  const ids = [causeId, ...[...roots].flatMap(([cause, root]) => (root === causeId ? [cause] : []))];
  const rows = await linesOf(db, workspaceId).where("r.cause_id", "in", ids).execute();
  return rows.map(lineOf);
}

/**
 * Retrospectives of the cases that belong to a cause now, as their own pages say; those that were changed last first.
 * A cause that is merged into another, or set aside, has none.
 */
export async function listOfCasesOf(
  db: Kysely<Schema>,
  workspaceId: number,
  causeId: number,
): Promise<RetrospectiveLine[]> {
  const rows = await linesOf(db, workspaceId).where("r.case_id", "is not", null).execute();
  const caseIds = rows.flatMap((row) => row.case_id ?? []);
  const causes = await listCaseCauses(db, workspaceId, caseIds);
  return rows.filter((row) => causes.get(row.case_id ?? "")?.cause_id === causeId).map(lineOf);
}

/** How many there are in each state. */
export async function countByState(
  db: Kysely<Schema>,
  workspaceId: number,
): Promise<Record<RetrospectiveState, number>> {
  const rows = await db
    .selectFrom("retrospectives")
    .select((eb) => ["state", eb.fn.countAll<number>().as("count")])
    .where("workspace_id", "=", workspaceId)
    .groupBy("state")
    .execute();
  const counts = { draft: 0, reviewed: 0, published: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

/** In how many reviewed or published retrospectives each factor stands, the most frequent first; capitals do not matter. */
export async function countFactors(
  db: Kysely<Schema>,
  workspaceId: number,
): Promise<{ factor: string; retrospectives: number }[]> {
  const rows = await db
    .selectFrom("retrospective_factors as f")
    .innerJoin("retrospectives as r", (join) =>
      join
        .onRef("r.workspace_id", "=", "f.workspace_id")
        .onRef("r.retrospective_id", "=", "f.retrospective_id"),
    )
    .select((eb) => [
      eb.fn.min("f.factor").as("factor"),
      eb.fn.count<number>("f.retrospective_id").distinct().as("retrospectives"),
    ])
    .where("f.workspace_id", "=", workspaceId)
    .where("r.state", "<>", "draft")
    .groupBy(sql`lower(f.factor)`)
    .orderBy("retrospectives", "desc")
    .orderBy("factor")
    .execute();
  return rows;
}

/** Every factor that was ever written, so that the next one is written alike. */
export async function listFactors(db: Kysely<Schema>, workspaceId: number): Promise<string[]> {
  const rows = await db
    .selectFrom("retrospective_factors")
    .select((eb) => eb.fn.min("factor").as("factor"))
    .where("workspace_id", "=", workspaceId)
    .groupBy(sql`lower(factor)`)
    .orderBy("factor")
    .execute();
  return rows.map((row) => row.factor);
}
