import { type Kysely, sql } from "kysely";
import type { CaseCode } from "#analytics/metrics/coding-agreement.ts";
import type { Schema } from "../schema.ts";
import { recordAudit } from "./audit.ts";

/** A cause that a coder can choose. */
export interface CodebookCause {
  causeId: number;
  name: string;
}

export interface CodingSample {
  sampleId: number;
  runId: number;
  drawnAt: string;
  drawnFrom: number;
  codebook: CodebookCause[];
}

export interface NewSample {
  runId: number;
  /** What was published of each drawn case, in the order of the draw. */
  cases: readonly CaseCode[];
  codebook: readonly CodebookCause[];
  drawnFrom: number;
  actor: string;
}

/** The number that the next sample will have. */
export async function nextSampleId(db: Kysely<Schema>, workspaceId: number): Promise<number> {
  const { last } = await db
    .selectFrom("coding_samples")
    .select((eb) => eb.fn.coalesce(eb.fn.max("sample_id"), eb.lit(0)).as("last"))
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return last + 1;
}

/** Keeps a drawn sample. It fails where another one took the number meanwhile. */
export async function insertSample(
  db: Kysely<Schema>,
  workspaceId: number,
  sampleId: number,
  { runId, cases, codebook, drawnFrom, actor }: NewSample,
): Promise<void> {
  const sample = { workspace_id: workspaceId, sample_id: sampleId };
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto("coding_samples")
      .values({ ...sample, run_id: runId, codebook: JSON.stringify(codebook), drawn_from: drawnFrom, actor })
      .execute();
    await tx
      .insertInto("coding_sample_cases")
      .values(
        cases.map(({ caseId, causeId, category }, index) => ({
          ...sample,
          case_id: caseId,
          place: index + 1,
          cause_id: causeId,
          category,
        })),
      )
      .execute();
    await recordAudit(tx, workspaceId, {
      actor,
      action: "coding_sample.draw",
      objectType: "coding_sample",
      objectId: String(sampleId),
      before: null,
      after: { run_id: runId, cases: cases.length, drawn_from: drawnFrom, seed: sampleId },
    });
  });
}

/** The latest first. */
export async function listSamples(db: Kysely<Schema>, workspaceId: number): Promise<CodingSample[]> {
  const rows = await db
    .selectFrom("coding_samples")
    .select(["sample_id", "run_id", "drawn_at", "drawn_from", "codebook"])
    .where("workspace_id", "=", workspaceId)
    .orderBy("sample_id", "desc")
    .execute();
  return rows.map((row) => ({
    sampleId: row.sample_id,
    runId: row.run_id,
    drawnAt: row.drawn_at,
    drawnFrom: row.drawn_from,
    codebook: row.codebook,
  }));
}

export async function findSample(
  db: Kysely<Schema>,
  workspaceId: number,
  sampleId: number,
): Promise<CodingSample | undefined> {
  return (await listSamples(db, workspaceId)).find((sample) => sample.sampleId === sampleId);
}

/** The drawn cases in their order with what was published of them, without those whose import was undone since. */
export async function listSampleCases(
  db: Kysely<Schema>,
  workspaceId: number,
  sampleId: number,
): Promise<CaseCode[]> {
  return db
    .selectFrom("coding_sample_cases as s")
    .innerJoin("cases as c", (join) =>
      join.onRef("c.workspace_id", "=", "s.workspace_id").onRef("c.case_id", "=", "s.case_id"),
    )
    .select(["s.case_id as caseId", "s.cause_id as causeId", "s.category"])
    .where("s.workspace_id", "=", workspaceId)
    .where("s.sample_id", "=", sampleId)
    .orderBy("s.place")
    .execute();
}

/** Of the given cases those that have something to read: a text, or at least a contact reason. In the given order. */
export async function keepReadable(
  db: Kysely<Schema>,
  workspaceId: number,
  caseIds: readonly string[],
): Promise<string[]> {
  if (caseIds.length === 0) return [];
  const rows = await db
    .selectFrom("cases as c")
    .leftJoin("case_texts as t", (join) =>
      join.onRef("t.workspace_id", "=", "c.workspace_id").onRef("t.case_id", "=", "c.case_id"),
    )
    .select("c.case_id")
    .where("c.workspace_id", "=", workspaceId)
    .where(sql<boolean>`c.case_id = any(${caseIds}::uuid[])`)
    .where(sql<boolean>`coalesce(t.title, t.narrative) is not null or c.contact_reason_id is not null`)
    .execute();
  const readable = new Set(rows.map((row) => row.case_id));
  return caseIds.filter((id) => readable.has(id));
}
