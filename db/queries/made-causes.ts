import { sql, type Transaction } from "kysely";
import { raiseDataVersion } from "../imports/store/case-stack.ts";
import type { Schema } from "../schema.ts";
import type { Causes } from "../schema-causes.ts";
import { highestCauseId } from "./highest-cause-id.ts";

/** What a person's word made a cause of, and what is known of its kind. */
export interface MadeCause extends Pick<Causes, "label" | "name" | "basis">, KindOfCause {
  keyphrases: readonly string[];
  exemplarCaseId: string | null;
}

export type KindOfCause = Pick<
  Causes,
  "category" | "category_source" | "category_confidence" | "category_reason"
>;

/** Inserts a cause that a person has made under an id that none ever had, and returns it. The workspace must be held. */
export async function insertMadeCause(
  tx: Transaction<Schema>,
  workspaceId: number,
  { keyphrases, exemplarCaseId, ...made }: MadeCause,
): Promise<number> {
  const causeId = 1 + (await highestCauseId(tx, workspaceId));
  const { run } = await tx
    .selectFrom("workspaces")
    .select((eb) => eb.fn.coalesce("current_run_id", eb.lit(0)).as("run"))
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("causes")
    .values({
      ...made,
      workspace_id: workspaceId,
      cause_id: causeId,
      keyphrases: JSON.stringify(keyphrases),
      exemplar_case_id: exemplarCaseId,
      stability: null,
      merged_into: null,
      substatus: null,
      first_run_id: run,
      vanished_run_id: null,
    })
    .execute();
  return causeId;
}

/** Marks the word that made a cause as taken back. The workspace must be held. */
export async function takeBackMaking(
  tx: Transaction<Schema>,
  workspaceId: number,
  { causeId, kind }: { causeId: number; kind: "split" | "promote" },
): Promise<void> {
  const taken = await tx
    .updateTable("human_edits")
    .set({ undone_at: sql<string>`now()` })
    .where("workspace_id", "=", workspaceId)
    .where("kind", "=", kind)
    .where("cause_id", "=", causeId)
    .where("undone_at", "is", null)
    .returning("edit_id")
    .execute();
  const edits = taken.map(({ edit_id: edit }) => edit);
  const cases = await tx
    .selectFrom("split_cases")
    .select("case_id")
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`edit_id = any(${edits}::int[])`)
    .execute();
  await raiseDataVersion(tx, workspaceId, { causesOf: cases.map((row) => row.case_id) });
}
