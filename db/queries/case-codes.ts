import type { Kysely, Transaction } from "kysely";
import type { CaseCode } from "#analytics/metrics/coding-agreement.ts";
import type { Schema } from "../schema.ts";
import { recordAudit } from "./audit.ts";

/** What one person says of a drawn case. */
export interface PersonsCode extends CaseCode {
  coder: string;
}

interface OfSample {
  workspaceId: number;
  sampleId: number;
}

/** The codes of a sample, in the order in which they were first given. */
export async function listCodes(
  db: Kysely<Schema>,
  { workspaceId, sampleId }: OfSample,
): Promise<PersonsCode[]> {
  return db
    .selectFrom("case_codes as k")
    .innerJoin("cases as c", (join) =>
      join.onRef("c.workspace_id", "=", "k.workspace_id").onRef("c.case_id", "=", "k.case_id"),
    )
    .select(["k.case_id as caseId", "k.coder", "k.cause_id as causeId", "k.category"])
    .where("k.workspace_id", "=", workspaceId)
    .where("k.sample_id", "=", sampleId)
    .orderBy("k.coded_at")
    .orderBy("k.case_id")
    .execute();
}

/** Keeps a person's code of a case of the sample, in place of an earlier one. False where it is none of its cases. */
export async function saveCode(db: Kysely<Schema>, sample: OfSample, code: PersonsCode): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const drawn = await tx
      .selectFrom("coding_sample_cases")
      .select("place")
      .where("workspace_id", "=", sample.workspaceId)
      .where("sample_id", "=", sample.sampleId)
      .where("case_id", "=", code.caseId)
      .executeTakeFirst();
    if (drawn === undefined) return false;
    const before = await findCode(tx, sample, code);
    const said = { cause_id: code.causeId, category: code.category };
    await tx
      .insertInto("case_codes")
      .values({ ...keyOf(sample, code), ...said })
      .onConflict((conflict) =>
        conflict.columns(["workspace_id", "sample_id", "case_id", "coder"]).doUpdateSet(said),
      )
      .execute();
    await audit(tx, sample, { code, action: "case.code", before, after: said });
    return true;
  });
}

/** Takes a person's code of a case back. False where there is none. */
export async function withdrawCode(
  db: Kysely<Schema>,
  sample: OfSample,
  code: Pick<PersonsCode, "caseId" | "coder">,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const before = await findCode(tx, sample, code);
    if (before === null) return false;
    await tx
      .deleteFrom("case_codes")
      .where("workspace_id", "=", sample.workspaceId)
      .where("sample_id", "=", sample.sampleId)
      .where("case_id", "=", code.caseId)
      .where("coder", "=", code.coder)
      .execute();
    await audit(tx, sample, { code, action: "case.undo_code", before, after: null });
    return true;
  });
}

type Said = Pick<CaseCodesRow, "cause_id" | "category">;
type CaseCodesRow = Schema["case_codes"];
type Key = Pick<PersonsCode, "caseId" | "coder">;

function keyOf({ workspaceId, sampleId }: OfSample, { caseId, coder }: Key) {
  return { workspace_id: workspaceId, sample_id: sampleId, case_id: caseId, coder };
}

async function findCode(tx: Transaction<Schema>, sample: OfSample, { caseId, coder }: Key) {
  const found = await tx
    .selectFrom("case_codes")
    .select(["cause_id", "category"])
    .where("workspace_id", "=", sample.workspaceId)
    .where("sample_id", "=", sample.sampleId)
    .where("case_id", "=", caseId)
    .where("coder", "=", coder)
    .executeTakeFirst();
  return found ?? null;
}

async function audit(
  tx: Transaction<Schema>,
  { workspaceId, sampleId }: OfSample,
  { code, action, before, after }: { code: Key; action: string; before: Said | null; after: Said | null },
): Promise<void> {
  await recordAudit(tx, workspaceId, {
    actor: code.coder,
    action,
    objectType: "case",
    objectId: code.caseId,
    before: before && { sample_id: sampleId, ...before },
    after: after && { sample_id: sampleId, ...after },
  });
}
