import type { AssignedCase } from "#analytics/causes/assign-cases.ts";
import { similarityText } from "#app/format.ts";
import { findCaseForAnalysis, findUnassigned } from "#db/queries/assigners.ts";
import { listCases } from "#db/queries/cases.ts";
import { findCaseCause } from "#db/queries/causes.ts";
import type { Database } from "#db/schema.ts";
import type { UnassignedCases } from "#db/schema-causes.ts";
import type { Assigner } from "./assigners.ts";
import type { Services } from "./services.ts";

/** What the page of a case shows about the cases that are most like it. Plain data. */
export interface CaseLikenessView {
  /** Why the machine has given it no cause; `null` where it has, or where that is not on record. */
  whyNone: string | null;
  /** None where the run left nothing to compare by, or the case has no words. */
  /** Why the most similar cases cannot be told; `null`: they can. */
  hindrance: string | null;
  nearest: { title: string; href: string; similarity: string; cause: string | null }[];
}

const shown = 5;

/** @param base the address of the workspace */
export async function caseLikeness(
  services: Services,
  { workspaceId, caseId, base }: { workspaceId: number; caseId: string; base: string },
): Promise<CaseLikenessView> {
  const { db } = services.database;
  const assigner = await services.assigner(workspaceId);
  const others = assigner === null ? [] : await mostAlike(db, assigner, { workspaceId, caseId });
  const because = await findUnassigned(db, workspaceId, caseId);
  const lines = await listCases(
    db,
    workspaceId,
    others.slice(0, shown).map((voter) => voter.caseId),
  );
  const similarityOf = new Map(others.map((voter) => [voter.caseId, voter.similarity]));
  const nearest = [];
  for (const { case_id: id, title, source_case_id } of lines) {
    const cause = await findCaseCause(db, workspaceId, id);
    nearest.push({
      title: title ?? `Case ${source_case_id}`,
      href: `${base}/cases/${id}`,
      similarity: similarityText(similarityOf.get(id) ?? 0),
      cause: cause === undefined ? null : (cause.name ?? cause.label),
    });
  }
  return {
    whyNone: because === undefined ? null : whyNone(because, others, assigner),
    hindrance: assigner?.hindrance ?? null,
    nearest,
  };
}

/** The texts most like a case's, without itself. */
async function mostAlike(
  db: Database,
  assigner: Assigner,
  { workspaceId, caseId }: { workspaceId: number; caseId: string },
): Promise<AssignedCase["nearest"]> {
  const item = await findCaseForAnalysis(db, workspaceId, caseId);
  const found = item && (await assigner.assign(item));
  return (found?.nearest ?? []).filter((voter) => voter.caseId !== caseId);
}

function whyNone(
  because: UnassignedCases["because"],
  others: AssignedCase["nearest"],
  assigner: Assigner | null,
): string {
  if (because === "nothing_known")
    return "No cause is known: the case has neither words to compare nor a contact reason.";
  const emerging = "It fits none of the causes (emerging)";
  const best = others.find(({ cluster }) => cluster >= 0)?.similarity;
  if (assigner?.hindrance != null) return `${emerging}.`;
  const needed = assigner?.leastSimilarity ?? null;
  if (others.length === 0 || needed === null) return `${emerging}: too few cases are like it.`;
  if (best === undefined) return `${emerging}: none of the cases that are most like it has a cause.`;
  const likeness = `the most similar case that has a cause is ${similarityText(best)} like it`;
  return best < needed
    ? `${emerging}: ${likeness}, and ${similarityText(needed)} would be needed.`
    : `${emerging}: ${likeness}, but too few others are alike enough (${similarityText(needed)}).`;
}
